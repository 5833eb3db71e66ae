import { Alert } from 'antd';
import { faultText, isApiFault } from '../api-fault.ts';
import { t } from '../words/words.ts';
import type { Bad } from './issues.ts';

/** All that must be corrected in one place, and whatever else went wrong, with the number to quote. */
export function Trouble({ bad, failure, onGo }: { bad: readonly Bad[]; failure: unknown; onGo: (path: Bad['path']) => void }) {
  if (failure !== undefined) {
    const request = isApiFault(failure) ? failure.request : undefined;
    return (
      <Alert
        type="error"
        title={t('form.not_sent')}
        description={
          <>
            {faultText(failure)}
            {request && <span className="quiet code"> {t('say.quote_request', { request })}</span>}
          </>
        }
      />
    );
  }
  if (bad.length === 0) return null;
  return (
    <Alert
      type="error"
      title={t('form.errors', { n: bad.length })}
      description={
        <ul>
          {bad.map((one) => (
            <li key={`${one.path.join('.')} ${one.words}`}>
              <button type="button" onClick={() => onGo(one.path)}>
                {one.words}
              </button>
            </li>
          ))}
        </ul>
      }
    />
  );
}
