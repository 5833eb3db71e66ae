import { lazy, Suspense } from 'react';
import { get } from '../../matter-contract.ts';
import { Bones, Failed } from '../page-state.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { RecordTab } from '../search-params.ts';
import { useApi } from '../use-api.ts';
import { t } from '../words/words.ts';
import { DetailsTab } from './details-tab.tsx';
import { FilesTab } from './files-tab.tsx';
import { RecordActions } from './record-actions.tsx';
import { RecordHead } from './record-head.tsx';
import { Timeline } from './timeline.tsx';
import './record.css';

/** The drawing needs a layout library: fetched when somebody looks at the flow. */
const FlowTab = lazy(() => import('../flow/flow-tab.tsx').then((module) => ({ default: module.FlowTab })));

type Props = {
  kind: string;
  id: string;
  /** Shown beside a list, where the address belongs to the list. */
  beside?: boolean;
  tab?: RecordTab;
  onTab?: (tab: RecordTab) => void;
};

export function RecordView({ kind, id, beside = false, tab, onTab }: Props) {
  const { data: record, error, refetch } = useApi(get, { kind, id });
  if (record === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <RecordBones />;
  const count = record.files.length;
  const items = [
    { key: 'details', label: t('record.tab_details'), content: <DetailsTab record={record} /> },
    { key: 'timeline', label: t('record.tab_timeline'), content: <Timeline record={record} /> },
    {
      key: 'flow',
      label: t('record.tab_flow'),
      content: (
        <Suspense fallback={<Bones rows={4} />}>
          <FlowTab record={record} />
        </Suspense>
      ),
    },
    { key: 'files', label: count > 0 ? `${t('record.tab_files')} ${count}` : t('record.tab_files'), content: <FilesTab record={record} /> },
  ];
  return (
    <article className={beside ? 'record is-beside' : 'record'}>
      <RecordHead record={record} beside={beside}>
        <RecordActions record={record} />
      </RecordHead>
      <div className="record-tabs">
        <Tabs tabs={items} active={tab} onChange={onTab ? (key) => onTab(key as RecordTab) : undefined} label={record.title} />
      </div>
    </article>
  );
}

function RecordBones() {
  return (
    <div className="record">
      <Bones rows={5} />
    </div>
  );
}
