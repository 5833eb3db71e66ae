import { BgColorsOutlined, GlobalOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown } from 'antd';
import { faultText } from '../api-fault.ts';
import { setTheme, switchLang, themes, useTheme } from '../look.ts';
import { signOut, useMe } from '../session.ts';
import { t } from '../words/words.ts';

/** Ends the session and says so; used by the head and by the page 我的. */
export function useSignOut() {
  const navigate = useNavigate();
  const { message } = App.useApp();
  return async () => {
    try {
      await signOut();
      await navigate({ to: '/sign-in' });
      message.info(t('me.signed_out'));
    } catch (error) {
      message.error(faultText(error));
    }
  };
}

export function MeMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const theme = useTheme();
  const leave = useSignOut();
  const items = [
    { key: 'who', type: 'group' as const, label: `${me.name}${me.title ? ` · ${me.title}` : ''}` },
    { key: 'me', icon: <UserOutlined />, label: t('page.me'), onClick: () => void navigate({ to: '/me' }) },
    { key: 'lang', icon: <GlobalOutlined />, label: t('lang.switch'), onClick: () => void switchLang() },
    {
      key: 'theme',
      icon: <BgColorsOutlined />,
      label: t('theme.label'),
      children: themes.map((one) => ({ key: one, label: t(`theme.${one}`), onClick: () => setTheme(one) })),
    },
    { type: 'divider' as const },
    { key: 'leave', icon: <LogoutOutlined />, label: t('me.sign_out'), onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items, selectable: true, selectedKeys: [theme] }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<UserOutlined />} aria-label={t('me.menu')}>
        <span className="me-name">{me.name}</span>
      </Button>
    </Dropdown>
  );
}
