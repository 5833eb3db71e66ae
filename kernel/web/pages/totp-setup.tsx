import { Alert, Button } from 'antd';
import { useState } from 'react';
import { session } from '../../session-contract.ts';
import { call } from '../api.ts';
import { faultText } from '../api-fault.ts';
import { SchemaForm } from '../form/schema-form.tsx';
import { toast } from '../parts/toast.tsx';
import { t } from '../words/words.ts';

type Secret = { secret: string; picture: string };

/** The second factor: a key for the authenticator, as a picture and in letters, confirmed by its first code. */
export function TotpSetup({ onDone }: { onDone: () => void }) {
  const [secret, setSecret] = useState<Secret>();
  const [error, setError] = useState<unknown>();

  const begin = async () => {
    try {
      const [given, { toDataURL }] = await Promise.all([call(session.totpBegin, {}), import('qrcode')]);
      if (given.secret !== null && given.url !== null)
        setSecret({ secret: given.secret, picture: await toDataURL(given.url, { margin: 1, width: 200 }) });
    } catch (fault) {
      setError(fault);
    }
  };

  const confirm = async (values: Record<string, unknown>) => {
    await call(session.totpConfirm, { code: String(values.code ?? '') });
    toast.done(t('me.totp_done'));
    onDone();
    return true;
  };

  if (!secret) {
    return (
      <>
        {error !== undefined && <Alert type="error" title={faultText(error)} />}
        <Button type="primary" onClick={() => void begin()}>
          {t('me.totp_begin')}
        </Button>
      </>
    );
  }
  return (
    <div className="totp">
      <p>{t('me.totp_scan')}</p>
      <img src={secret.picture} alt={t('me.totp_scan')} width={200} height={200} />
      <p>
        {t('me.totp_secret')} <span className="code">{secret.secret.replace(/(.{4})/g, '$1 ').trim()}</span>
      </p>
      <SchemaForm schema={session.totpConfirm.input} submitLabel={t('me.totp_confirm')} onSubmit={confirm} />
    </div>
  );
}
