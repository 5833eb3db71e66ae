import { Alert, Button } from 'antd';
import { clockText, useNow } from '../clock.tsx';
import { t } from '../words/words.ts';

/** Says that what was typed earlier has come back, and offers to begin anew. */
export function Restored({ at, onClear }: { at: string; onClear: () => void }) {
  const now = useNow();
  return (
    <Alert
      type="info"
      title={t('form.draft', { at: clockText(at, now) })}
      action={
        <Button size="small" onClick={onClear}>
          {t('form.draft_clear')}
        </Button>
      }
    />
  );
}
