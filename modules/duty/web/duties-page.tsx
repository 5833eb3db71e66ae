import { useNavigate, useSearch } from '@tanstack/react-router';
import { Tabs } from '#kernel/web/parts/tabs.tsx';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { orphans, overlaps, register } from '../module.ts';
import { OrphanList, OverlapList } from './gaps.tsx';
import { RegisterList } from './register-list.tsx';
import { words } from './words.ts';

/** Who answers for what: the register, and its two faults: nobody, and too many. */
export function DutiesPage() {
  usePage({ title: say(register.label) });
  const { tab } = useSearch({ from: '/signed-in/duties' });
  const navigate = useNavigate();
  const nobody = useApi(orphans, { limit: 1 }).data?.total;
  const crossing = useApi(overlaps, { limit: 1 }).data?.total;
  const count = (words: string, n: number | undefined) => (n ? `${words} ${n}` : words);
  return (
    <div className="duties">
      <div className="page">
        <Tabs
          label={say(register.label)}
          active={tab ?? 'register'}
          onChange={(key) => void navigate({ to: '/duties', search: key === 'register' ? {} : { tab: key }, replace: true })}
          tabs={[
            { key: 'register', label: say(words.register), content: <RegisterList /> },
            { key: 'orphans', label: count(say(words.orphans), nobody), content: <OrphanList /> },
            { key: 'overlaps', label: count(say(words.overlaps), crossing), content: <OverlapList /> },
          ]}
        />
      </div>
    </div>
  );
}
