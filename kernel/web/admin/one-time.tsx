import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ActionContract } from '../../contract.ts';
import { CallButton } from '../call-button.tsx';
import { toast } from '../parts/toast.tsx';
import { t } from '../words/words.ts';

type OneTime = { login: string; password: string | null };
type Props = { contract: ActionContract; initial: Record<string, unknown>; refresh: readonly string[]; icon?: ReactNode };

/** An action that answers a one-time password: it is shown until it is closed, because it is never shown again. */
export function OneTimeButton({ contract, initial, refresh, icon }: Props) {
  const [given, setGiven] = useState<OneTime>();
  return (
    <>
      <CallButton<OneTime>
        contract={contract}
        initial={initial}
        refresh={refresh}
        {...(icon ? { icon } : {})}
        done={({ login }) => t('account.opened', { login })}
        onDone={setGiven}
      />
      {given && (
        <Modal open title={t('account.one_time')} onCancel={() => setGiven(undefined)} footer={null} mask={{ closable: false }} width={440}>
          <p>{t('account.one_time_help')}</p>
          <p className="one-time">
            {t('signin.login')} <b className="code">{given.login}</b>
          </p>
          <p className="one-time">
            {t('account.one_time')} <b className="code">{given.password ?? t('account.shown_before')}</b>
          </p>
          {given.password !== null && (
            <Button
              onClick={() => {
                void navigator.clipboard
                  .writeText(given.password ?? '')
                  .then(() => toast.info(t('say.copied', { text: t('account.one_time') })));
              }}
            >
              {t('say.copy')}
            </Button>
          )}
        </Modal>
      )}
    </>
  );
}
