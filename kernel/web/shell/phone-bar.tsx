import { GlobalOutlined, InboxOutlined, PlusOutlined, UserOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { inbox } from '../../matter-contract.ts';
import { menuFor } from '../menu.ts';
import { Badge } from '../parts/badge.tsx';
import { useMe } from '../session.ts';
import { useApi } from '../use-api.ts';
import { say, t } from '../words/words.ts';
import { Icon } from './icons.tsx';

/** 待办 · 检查 · ＋上报 · 地图 · 我的, each at least 44 px, within reach of a thumb. */
export function PhoneBar({ onReport }: { onReport: () => void }) {
  const me = useMe();
  const entries = menuFor(me);
  const work = entries.find((entry) => entry.phone);
  const map = entries.find((entry) => entry.to === '/map');
  const waiting = useApi(inbox, { limit: 200 }).data?.counts.all ?? 0;
  return (
    <nav className="phone-bar" aria-label={t('nav.label')}>
      <Tab to="/" words={t('nav.inbox')}>
        <Badge count={waiting}>
          <InboxOutlined />
        </Badge>
      </Tab>
      {work && (
        <Tab to={work.to} words={say(work.title)}>
          <Icon name={work.icon} />
        </Tab>
      )}
      <button type="button" className="phone-tab is-report" onClick={onReport}>
        <span className="phone-report">
          <PlusOutlined />
        </span>
        <span>{t('nav.report')}</span>
      </button>
      {map && (
        <Tab to="/map" words={t('nav.map')}>
          <GlobalOutlined />
        </Tab>
      )}
      <Tab to="/me" words={t('nav.me')}>
        <UserOutlined />
      </Tab>
    </nav>
  );
}

function Tab({ to, words, children }: { to: string; words: string; children: ReactNode }) {
  return (
    <Link to={to} className="phone-tab" activeOptions={{ exact: to === '/' }} activeProps={{ className: 'phone-tab is-active' }}>
      {children}
      <span>{words}</span>
    </Link>
  );
}
