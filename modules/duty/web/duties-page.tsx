import { Tabs } from '#kernel/web/parts/tabs.tsx';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { orphans, overlaps, register } from '../module.ts';
import { OrphanList, OverlapList } from './gaps.tsx';
import { RegisterList } from './register-list.tsx';
import { useDutiesSearch } from './use-duties-search.ts';
import { words } from './words.ts';
import './duties.css';

/** Who answers for what: the register, and its two faults: nobody, and too many. */
export function DutiesPage() {
  usePage({ title: say(register.label) });
  const { search, change } = useDutiesSearch();
  const { org } = search;
  const nobody = useApi(orphans, { org, limit: 1 }).data?.total;
  const crossing = useApi(overlaps, { org, limit: 1 }).data?.total;
  const count = (label: string, n: number | undefined) => (n === undefined ? label : `${label} ${n}`);
  return (
    <div className="duties">
      <Tabs
        label={say(register.label)}
        active={search.tab ?? 'register'}
        onChange={(key) => change({ tab: key === 'register' ? undefined : key, id: undefined })}
        tabs={[
          { key: 'register', label: say(words.register), content: <RegisterList /> },
          { key: 'orphans', label: count(say(words.orphans), nobody), content: <OrphanList /> },
          { key: 'overlaps', label: count(say(words.overlaps), crossing), content: <OverlapList /> },
        ]}
      />
    </div>
  );
}
