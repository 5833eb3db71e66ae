import { Alert } from 'antd';
import { sayDamage, sealing } from '../../audit-contract.ts';
import { clockText, useNow } from '../clock.tsx';
import { useApi } from '../use-api.ts';
import { getLang, t } from '../words/words.ts';

/** Whether the ledger is whole, as the last verification of the seals found. */
export function Sealing() {
  const now = useNow();
  const { data } = useApi(sealing, {});
  if (!data) return null;
  const { verdict, head, unsealed } = data;
  if (verdict && !verdict.ok) {
    return (
      <Alert
        type="error"
        title={t('audit.damaged', { at: clockText(verdict.at, now) })}
        description={
          <ul>
            {verdict.damage.map((one) => (
              <li key={JSON.stringify(one)}>{sayDamage(one, getLang())}</li>
            ))}
          </ul>
        }
      />
    );
  }
  return (
    <p className="card sealing">
      <span>
        {verdict ? t('audit.whole', { at: clockText(verdict.at, now), rows: verdict.rows, seals: verdict.seals }) : t('audit.unverified')}
      </span>
      <span className="quiet">{t('audit.unsealed', { n: unsealed })}</span>
      {head && (
        <span className="quiet">
          {t('audit.head', { n: head.n, at: clockText(head.at, now) })} <span className="code sealing-hash">{head.hash}</span>
        </span>
      )}
    </p>
  );
}
