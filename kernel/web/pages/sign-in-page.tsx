import { GlobalOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Divider, Input } from 'antd';
import { type FormEvent, lazy, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react';
import { ApiFault, faultText, isCode } from '../api-fault.ts';
import { switchLang } from '../look.ts';
import { queryClient } from '../query-client.ts';
import { type Me, meQuery, signIn, useSessionOptions } from '../session.ts';
import { Mark } from '../shell/brand.tsx';
import { NetworkStrip } from '../shell/network-strip.tsx';
import { t } from '../words/words.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import './sign-in.css';

const FirstSteps = lazy(() => import('./first-steps.tsx').then((module) => ({ default: module.FirstSteps })));

export function SignInPage() {
  const [me, setMe] = useState<Me | undefined>(() => queryClient.getQueryData<Me>(meQuery.queryKey));
  const { to } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const enter = (who: Me) => {
    if (who.limited) setMe(who);
    else void navigate({ to: to ?? '/', replace: true });
  };
  useEffect(() => {
    document.title = `${t('signin.title')} · ${t('app.name')}`;
  }, []);
  return (
    <div className="sign-in">
      <NetworkStrip />
      <main className="sign-in-box">
        <header>
          <Mark size={40} />
          <div>
            <h1>{t('app.name')}</h1>
            <p className="quiet">{t('signin.lead')}</p>
          </div>
        </header>
        {me?.limited ? (
          <Suspense>
            <FirstSteps me={me} onDone={enter} />
          </Suspense>
        ) : (
          <SignInForm onEnter={enter} />
        )}
        <Button type="text" icon={<GlobalOutlined />} onClick={() => void switchLang()}>
          {t('lang.switch')}
        </Button>
      </main>
    </div>
  );
}

type Given = { login: string; password: string; code: string };

/** What the identity provider's way back reports stands in the address. */
function faultInAddress(): ApiFault | undefined {
  const { fault, ...details } = Object.fromEntries(new URLSearchParams(window.location.search));
  return fault ? new ApiFault(fault, details, undefined, 401) : undefined;
}

function SignInForm({ onEnter }: { onEnter: (me: Me) => void }) {
  const options = useSessionOptions();
  const { to, why } = useSearch({ from: '/sign-in' });
  const [given, setGiven] = useState<Given>({ login: '', password: '', code: '' });
  const [asksCode, setAsksCode] = useState(false);
  const [error, setError] = useState<unknown>(faultInAddress);
  const [missing, setMissing] = useState<keyof Given>();
  const [busy, setBusy] = useState(false);

  const enter = async (who: Given) => {
    setBusy(true);
    setError(undefined);
    try {
      onEnter(await signIn(who.login, who.password, who.code || undefined));
    } catch (fault) {
      if (isCode(fault, 'session.code_required')) setAsksCode(true);
      else setError(fault);
    } finally {
      setBusy(false);
    }
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const first = (['login', 'password', ...(asksCode ? ['code' as const] : [])] as const).find((name) => given[name].trim() === '');
    setMissing(first);
    if (first === undefined) void enter(given);
  };

  const set = (name: keyof Given) => (value: string) => setGiven({ ...given, [name]: value });
  const words = missing === undefined ? undefined : t(`signin.need_${missing}`);
  return (
    <form onSubmit={submit} noValidate>
      {why === 'expired' && !error && <Alert type="info" title={t('signin.expired')} />}
      {error !== undefined && <Alert type="error" role="alert" title={faultText(error)} />}
      <Field label={t('signin.login')} bad={missing === 'login' ? words : undefined}>
        {(props) => (
          <Input
            {...props}
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            size="large"
            value={given.login}
            onChange={(event) => set('login')(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('signin.password')} bad={missing === 'password' ? words : undefined}>
        {(props) => (
          <Input.Password
            {...props}
            autoComplete="current-password"
            size="large"
            value={given.password}
            onChange={(event) => set('password')(event.target.value)}
          />
        )}
      </Field>
      {asksCode && (
        <Field label={t('signin.code')} help={t('signin.code_help')} bad={missing === 'code' ? words : undefined}>
          {(props) => (
            <Input
              {...props}
              autoComplete="one-time-code"
              inputMode="numeric"
              autoFocus
              size="large"
              maxLength={7}
              value={given.code}
              onChange={(event) => set('code')(event.target.value)}
            />
          )}
        </Field>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('signin.submit')}
      </Button>
      {options.data?.oidc && (
        <>
          <Divider plain>{t('signin.or')}</Divider>
          <Button size="large" block href={`/api/session/oidc?to=${encodeURIComponent(to ?? '/')}`}>
            {t('signin.with', { label: options.data.oidc.label })}
          </Button>
        </>
      )}
      {options.data?.demo && (
        <DemoAccounts demo={options.data.demo} onPick={(login, password) => void enter({ login, password, code: '' })} />
      )}
    </form>
  );
}

type InputProps = { id: string; status?: 'error'; 'aria-invalid'?: true; 'aria-describedby'?: string };
type FieldProps = { label: string; help?: string; bad: string | undefined; children: (props: InputProps) => ReactNode };

function Field({ label, help, bad, children }: FieldProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (bad) box.current?.querySelector('input')?.focus();
  }, [bad]);
  const described = bad || help ? { 'aria-describedby': `${id}-note` } : {};
  return (
    <div ref={box} className="sign-in-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(bad ? { status: 'error' as const, 'aria-invalid': true as const } : {}), ...described })}
      {(bad ?? help) && (
        <p id={`${id}-note`} className={bad ? 'sign-in-bad' : 'quiet'}>
          {bad ?? help}
        </p>
      )}
    </div>
  );
}
