import { DownOutlined } from '@ant-design/icons';
import { Link, useLocation } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type MenuEntry, type MenuGroup, menuFor, menuGroups } from '../menu.ts';
import { useMe } from '../session.ts';
import { readStored, writeStored } from '../stored.ts';
import { say, t } from '../words/words.ts';
import { Icon } from './icons.tsx';
import './side-menu.css';

/** The entry whose address is the longest beginning of the present one. */
function activeOf(path: string, entries: readonly MenuEntry[]): string | undefined {
  const fits = entries.map((entry) => entry.to).filter((to) => path === to || (to !== '/' && path.startsWith(`${to}/`)));
  return fits.sort((a, b) => b.length - a.length)[0];
}

export function SideMenu({ collapsed = false, onGo }: { collapsed?: boolean; onGo?: () => void }) {
  const me = useMe();
  const path = useLocation({ select: (location) => location.pathname });
  const entries = useMemo(() => menuFor(me), [me]);
  const active = activeOf(path, entries);
  const groups = [...new Set(entries.map((entry) => entry.group))];
  const [closed, setClosed] = useState<readonly string[]>(() => (readStored('menu.closed') ?? '').split(','));
  const toggle = (group: MenuGroup) => {
    const next = closed.includes(group) ? closed.filter((one) => one !== group) : [...closed, group];
    setClosed(next);
    writeStored('menu.closed', next.join(','));
  };
  return (
    <nav aria-label={t('nav.label')} className={collapsed ? 'side-menu is-collapsed' : 'side-menu'}>
      <ul>
        {groups.map((group) => (
          <Group
            key={group}
            group={group}
            entries={entries.filter((entry) => entry.group === group)}
            active={active}
            open={collapsed || !closed.includes(group)}
            collapsed={collapsed}
            onToggle={() => toggle(group)}
            {...(onGo ? { onGo } : {})}
          />
        ))}
      </ul>
    </nav>
  );
}

type GroupProps = {
  group: MenuGroup;
  entries: readonly MenuEntry[];
  active: string | undefined;
  open: boolean;
  collapsed: boolean;
  onToggle: () => void;
  onGo?: () => void;
};

function Group({ group, entries, active, open, collapsed, onToggle, onGo }: GroupProps) {
  const title = say(menuGroups[group]);
  // A group of one that is named like it needs no heading of its own.
  const plain = entries.length === 1 && entries[0] && say(entries[0].title) === title;
  return (
    <li className="side-group">
      {!collapsed && !plain && (
        <button type="button" className="side-heading" aria-expanded={open} onClick={onToggle}>
          {title}
          <DownOutlined aria-hidden />
        </button>
      )}
      {(open || plain) && (
        <ul>
          {entries.map((entry) => (
            <li key={entry.to}>
              <Link
                to={entry.to}
                className={entry.to === active ? 'side-link is-active' : 'side-link'}
                aria-current={entry.to === active ? 'page' : undefined}
                title={collapsed ? say(entry.title) : undefined}
                onClick={() => onGo?.()}
              >
                <Icon name={entry.icon} />
                <span>{say(entry.title)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
