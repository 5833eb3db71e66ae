import { FileSearchOutlined, InboxOutlined, LockOutlined, ReloadOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { faultText, isApiFault, isCode } from './api-fault.ts';
import { t } from './words/words.ts';

type Props = { icon: ReactNode; title: string; help?: string | undefined; children?: ReactNode };

function PageState({ icon, title, help, children }: Props) {
  return (
    <div className="page-state">
      {icon}
      <h2>{title}</h2>
      {help && <p>{help}</p>}
      {children}
    </div>
  );
}

/** Nothing to show, and what comes next. */
export function Empty(props: { title: string; help?: string; children?: ReactNode }) {
  return <PageState icon={<InboxOutlined />} {...props} />;
}

export function NotFound() {
  return <PageState icon={<FileSearchOutlined />} title={t('state.not_found')} help={t('state.not_found_help')} />;
}

/** What went wrong, why, what to do, and the number to quote. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  if (isCode(error, 'auth.forbidden')) {
    return <PageState icon={<LockOutlined />} title={t('state.no_permission')} help={t('state.no_permission_help')} />;
  }
  if (isCode(error, 'record.not_found')) {
    return <PageState icon={<FileSearchOutlined />} title={t('state.record_not_found')} help={t('state.record_not_found_help')} />;
  }
  return (
    <PageState icon={<WarningOutlined />} title={t('state.failed')} help={faultText(error)}>
      {isApiFault(error) && error.request && <p className="quiet code">{t('say.quote_request', { request: error.request })}</p>}
      {retry && (
        <Button icon={<ReloadOutlined />} onClick={retry}>
          {t('say.retry')}
        </Button>
      )}
    </PageState>
  );
}

/** Grey rows of the final height, so that nothing jumps when the content comes. */
export function Bones({ rows = 6 }: { rows?: number }) {
  return (
    <div className="bones" role="status" aria-label={t('say.loading')}>
      {Array.from({ length: rows }, (_, row) => `bone-${row}`).map((key) => (
        <div key={key} className="bone" />
      ))}
    </div>
  );
}
