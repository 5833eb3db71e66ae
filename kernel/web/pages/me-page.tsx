import { LogoutOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { type Role, roles } from '../../permission.ts';
import { session } from '../../session-contract.ts';
import { call } from '../api.ts';
import { SchemaForm } from '../form/schema-form.tsx';
import { lineWord } from '../lines.ts';
import { setTheme, switchLang, themes, useTheme } from '../look.ts';
import { toast } from '../parts/toast.tsx';
import { fetchMe, type Me, useMe } from '../session.ts';
import { useSignOut } from '../shell/me-menu.tsx';
import { usePage } from '../shell/page-title.ts';
import { getLang, say, t } from '../words/words.ts';
import { Delegations } from './delegations.tsx';
import { PasswordForm } from './password-form.tsx';
import { TotpSetup } from './totp-setup.tsx';
import './me.css';

export function MePage() {
  usePage({ title: t('page.me') });
  const me = useMe();
  const leave = useSignOut();
  return (
    <div className="page form-page me-page">
      <header className="page-head">
        <h1>
          {me.name} <span className="quiet me-title">{me.title}</span>
        </h1>
        <Button icon={<LogoutOutlined />} onClick={() => void leave()}>
          {t('me.sign_out')}
        </Button>
      </header>
      <Posts posts={me.posts} />
      <Delegations />
      <Display />
      <Security me={me} />
    </div>
  );
}

function Posts({ posts }: { posts: Me['posts'] }) {
  return (
    <section className="card me-card">
      <h2>{t('me.posts')}</h2>
      {posts.length === 0 && <p>{t('me.no_posts')}</p>}
      <ul>
        {posts.map((post) => (
          <li key={`${post.post}${post.behalfName ?? ''}`}>
            <b>{Object.hasOwn(roles, post.role) ? say(roles[post.role as Role]) : post.role}</b>
            <span>{post.unitName}</span>
            <span className="quiet">
              {[
                post.party ? t('me.scope_party') : post.orgName === post.unitName ? '' : post.orgName,
                post.lines ? t('me.scope_lines', { lines: post.lines.map(lineWord).join(t('say.join')) }) : '',
                post.behalfName ? t('me.behalf', { name: post.behalfName }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Display() {
  const theme = useTheme();
  return (
    <section className="card me-card">
      <h2>{t('me.settings')}</h2>
      <div className="me-choice">
        <span id="me-lang">{t('me.language')}</span>
        <Segmented
          aria-labelledby="me-lang"
          value={getLang()}
          onChange={() => void switchLang()}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </div>
      <div className="me-choice">
        <span id="me-theme">{t('theme.label')}</span>
        <Segmented
          aria-labelledby="me-theme"
          value={theme}
          onChange={setTheme}
          options={themes.map((one) => ({ value: one, label: t(`theme.${one}`) }))}
        />
      </div>
    </section>
  );
}

function Security({ me }: { me: Me }) {
  const [open, setOpen] = useState(false);
  if (me.how === 'oidc') return null;
  return (
    <section className="card me-card">
      <h2>{t('me.security')}</h2>
      {open ? (
        <PasswordForm onDone={() => setOpen(false)} />
      ) : (
        <p>
          <Button onClick={() => setOpen(true)}>{t('password.submit')}</Button>
        </p>
      )}
      <h3>{t('me.totp_title')}</h3>
      <p className="quiet">{t(me.totp ? 'me.totp_on' : 'me.totp_off')}</p>
      {me.totp ? <TotpRemove /> : <TotpSetup onDone={() => void fetchMe()} />}
      <Others />
    </section>
  );
}

function TotpRemove() {
  const [open, setOpen] = useState(false);
  if (!open) return <Button onClick={() => setOpen(true)}>{say(session.totpRemove.label)}</Button>;
  const remove = async (values: Record<string, unknown>) => {
    await call(session.totpRemove, { code: String(values.code ?? '') });
    await fetchMe();
    toast.done(t('me.totp_removed'));
    return true;
  };
  return (
    <SchemaForm
      schema={session.totpRemove.input}
      submitLabel={say(session.totpRemove.label)}
      danger
      onSubmit={remove}
      onCancel={() => setOpen(false)}
    />
  );
}

function Others() {
  const end = async () => {
    try {
      const { ended } = await call(session.endOthers, {});
      toast.done(t('me.others_ended', { n: ended }));
    } catch (error) {
      toast.failed(error);
    }
  };
  return (
    <p>
      <Button onClick={() => void end()}>{say(session.endOthers.label)}</Button>
    </p>
  );
}
