import { GlobalOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { setTheme, switchLang, themes, useTheme } from '../look.ts';
import { MenuButton, type MenuItem } from '../parts/menu-button.tsx';
import { toast } from '../parts/toast.tsx';
import { signOut, useMe } from '../session.ts';
import { t } from '../words/words.ts';

/** Ends the session and says so; used by the head and by the page 我的. */
export function useSignOut() {
  const navigate = useNavigate();
  return async () => {
    try {
      await signOut();
      await navigate({ to: '/sign-in' });
      toast.info(t('me.signed_out'));
    } catch (error) {
      toast.failed(error);
    }
  };
}

export function MeMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const theme = useTheme();
  const leave = useSignOut();
  const items: MenuItem[] = [
    { key: 'who', heading: `${me.name}${me.title ? ` · ${me.title}` : ''}` },
    { key: 'me', icon: <UserOutlined />, label: t('page.me'), onPick: () => void navigate({ to: '/me' }) },
    { key: 'lang', icon: <GlobalOutlined />, label: t('lang.switch'), onPick: () => void switchLang() },
    { key: 'theme', heading: t('theme.label') },
    ...themes.map((one) => ({ key: one, label: t(`theme.${one}`), checked: one === theme, onPick: () => setTheme(one) })),
    { key: 'line', divider: true },
    { key: 'leave', icon: <LogoutOutlined />, label: t('me.sign_out'), onPick: () => void leave() },
  ];
  return (
    <MenuButton items={items} type="text" icon={<UserOutlined />} label={`${t('me.menu')}: ${me.name}`} align="right">
      <span className="me-name">{me.name}</span>
    </MenuButton>
  );
}
