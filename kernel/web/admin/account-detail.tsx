import { type AccountLine, session } from '../../session-contract.ts';
import { Fact } from '../book/book-page.tsx';
import { CallButton } from '../call-button.tsx';
import { clockText, useNow } from '../clock.tsx';
import { t } from '../words/words.ts';
import { OneTimeButton } from './one-time.tsx';

const refresh = ['session.accounts'];

export function AccountDetail({ account }: { account: AccountLine }) {
  const now = useNow();
  const initial = { person: account.person };
  const same = { initial, refresh };
  return (
    <>
      <h2>{account.name}</h2>
      <dl className="details">
        <Fact label={t('signin.login')}>
          <span className="code">{account.login}</span>
        </Fact>
        <Fact label={t('account.title')}>{account.title || t('record.empty_value')}</Fact>
        <Fact label={t('matter.state')}>
          {t(`account.${account.state}`)}
          {account.lockedUntil && ` · ${clockText(account.lockedUntil, now)}`}
        </Fact>
        <Fact label={t('signin.code')}>{t(account.totp ? 'say.yes' : 'say.no')}</Fact>
        <Fact label={t('account.sessions')}>{account.sessions}</Fact>
        <Fact label={t('account.last')}>{account.lastAt === null ? '—' : clockText(account.lastAt, now)}</Fact>
        <Fact label={t('account.made')}>{clockText(account.madeAt, now)}</Fact>
        {account.subject && (
          <Fact label={t('account.subject')} wide>
            <span className="code">{account.subject}</span>
          </Fact>
        )}
      </dl>
      {account.mustChange && <p className="quiet">{t('account.must_change')}</p>}
      <p className="book-buttons">
        {account.state === 'locked' && <CallButton contract={session.accountUnlock} {...same} done={t('account.unlocked')} />}
        {account.state === 'disabled' ? (
          <CallButton contract={session.accountEnable} {...same} done={t('account.enabled')} />
        ) : (
          <CallButton contract={session.accountDisable} {...same} done={t('account.disabled_done')} />
        )}
        {!account.administers && <OneTimeButton contract={session.accountReset} {...same} />}
        {account.sessions > 0 && <CallButton contract={session.sessionEnd} {...same} done={t('account.ended')} />}
        {(!account.administers || account.subject) && <CallButton contract={session.accountLink} {...same} done={t('account.linked')} />}
      </p>
      {account.administers && <TwoPersons account={account} />}
    </>
  );
}

/** What opens an administrator's account: one asks, another confirms. */
function TwoPersons({ account }: { account: AccountLine }) {
  const now = useNow();
  const same = { initial: { person: account.person }, refresh };
  const { asked } = account;
  if (asked === null)
    return (
      <>
        <p className="quiet">{t('account.two_help')}</p>
        <p className="book-buttons">
          <CallButton contract={session.accountResetAsk} {...same} done={t('account.asked_done')} />
          <CallButton contract={session.accountLinkAsk} {...same} done={t('account.asked_done')} />
        </p>
      </>
    );
  const confirm = { contract: session.accountConfirm, ...same };
  return (
    <>
      <p role="status">
        {t(asked.what === 'reset' ? 'account.asked_reset' : 'account.asked_link', {
          name: asked.byName,
          until: clockText(asked.until, now),
        })}
        {asked.totp && ` ${t('account.asked_totp')}`}
        {asked.subject && <span className="code"> {asked.subject}</span>}
      </p>
      <p className="book-buttons">
        {!asked.mine && (asked.what === 'reset' ? <OneTimeButton {...confirm} /> : <CallButton {...confirm} done={t('account.linked')} />)}
        <CallButton contract={session.accountDismiss} {...same} done={t('account.asked_dropped')} />
      </p>
    </>
  );
}
