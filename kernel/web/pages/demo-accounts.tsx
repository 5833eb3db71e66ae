import type { SessionOptions } from '../session.ts';
import { t } from '../words/words.ts';

type Demo = NonNullable<SessionOptions['demo']>;

/** The fictional people of the demo city; their password is published on purpose. */
export function DemoAccounts({ demo, onPick }: { demo: Demo; onPick: (login: string, password: string) => void }) {
  return (
    <section className="demo-accounts">
      <h2>{t('signin.demo')}</h2>
      <p className="quiet">{t('signin.demo_help', { password: demo.password })}</p>
      <ul>
        {demo.accounts.map((account) => (
          <li key={account.login}>
            <button type="button" onClick={() => onPick(account.login, demo.password)}>
              <b>{account.name}</b>
              <span>{account.title}</span>
              <span className="code quiet">{account.login}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
