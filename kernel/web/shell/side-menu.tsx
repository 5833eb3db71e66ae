import { Link, useLocation } from '@tanstack/react-router';
import { Menu } from 'antd';
import { useMemo, useState } from 'react';
import { menuFor, menuGroups } from '../menu.ts';
import { useMe } from '../session.ts';
import { readStored, writeStored } from '../stored.ts';
import { say, t } from '../words/words.ts';
import { Icon } from './icons.tsx';

const groupIcons: Record<string, string> = { desk: 'inbox', map: 'map', supervise: 'hazard', command: 'rota', duty: 'duty', stats: 'stats', admin: 'setting' };

/** The entry whose address is the longest beginning of the present one. */
function activeOf(path: string, addresses: readonly string[]): string[] {
  const fits = addresses.filter((to) => path === to || (to !== '/' && path.startsWith(`${to}/`)));
  return fits.sort((a, b) => b.length - a.length).slice(0, 1);
}

export function SideMenu({ collapsed, onGo }: { collapsed?: boolean; onGo?: () => void }) {
  const me = useMe();
  const path = useLocation({ select: (location) => location.pathname });
  const entries = useMemo(() => menuFor(me), [me]);
  const groups = [...new Set(entries.map((entry) => entry.group))];
  const [closed, setClosed] = useState<string[]>(() => (readStored('menu.closed') ?? '').split(','));

  const items = groups.map((group) => {
    const own = entries.filter((entry) => entry.group === group);
    const [only] = own;
    const link = (entry: (typeof own)[number]) => ({
      key: entry.to,
      icon: <Icon name={entry.icon} />,
      label: (
        <Link to={entry.to} onClick={() => onGo?.()}>
          {say(entry.title)}
        </Link>
      ),
    });
    if (own.length === 1 && only && group === 'map') return link(only);
    return { key: group, icon: <Icon name={groupIcons[group] ?? ''} />, label: say(menuGroups[group]), children: own.map(link) };
  });

  const remember = (open: string[]) => {
    const next = groups.filter((group) => !open.includes(group));
    setClosed(next);
    writeStored('menu.closed', next.join(','));
  };

  return (
    <nav aria-label={t('nav.label')} className="side-menu">
      <Menu
        mode="inline"
        items={items}
        inlineIndent={16}
        inlineCollapsed={collapsed === true}
        selectedKeys={activeOf(path, entries.map((entry) => entry.to))}
        {...(collapsed ? {} : { openKeys: groups.filter((group) => !closed.includes(group)), onOpenChange: remember })}
      />
    </nav>
  );
}
