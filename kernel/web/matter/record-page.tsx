import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { get } from '../../matter-contract.ts';
import { kindSlug } from '../search-params.ts';
import { usePage } from '../shell/page-title.ts';
import { kindWord } from '../state-tag.tsx';
import { useApi } from '../use-api.ts';
import { RecordView } from './record-view.tsx';

export function RecordPage() {
  const { kind, id } = useParams({ from: '/signed-in/m/$kind/$id' });
  const { tab } = useSearch({ from: '/signed-in/m/$kind/$id' });
  const navigate = useNavigate();
  const title = useApi(get, { kind, id }).data?.title;
  usePage({ title: kindWord(kind), to: `/m/${kindSlug(kind)}` }, { title: title ?? '…' });
  return (
    <RecordView
      kind={kind}
      id={id}
      tab={tab ?? 'details'}
      onTab={(next) =>
        void navigate({ to: '/m/$kind/$id', params: { kind, id }, search: next === 'details' ? {} : { tab: next }, replace: true })
      }
    />
  );
}
