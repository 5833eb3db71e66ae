import { ArrowLeftOutlined, MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined, SearchOutlined } from '@ant-design/icons';
import { Outlet, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLive } from '../live.ts';
import { usePhone } from '../look.ts';
import { Bones } from '../page-state.tsx';
import { readStored, writeStored } from '../stored.ts';
import { t } from '../words/words.ts';
import { Brand } from './brand.tsx';
import { Crumbs } from './crumbs.tsx';
import { MeMenu } from './me-menu.tsx';
import { NetworkStrip } from './network-strip.tsx';
import { NoticeBell } from './notice-bell.tsx';
import { useCrumbs } from './page-title.ts';
import { PhoneBar } from './phone-bar.tsx';
import { SideMenu } from './side-menu.tsx';
import './shell.css';
import './phone.css';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));
const StartSheet = lazy(() => import('./start-sheet.tsx').then((module) => ({ default: module.StartSheet })));
const PhoneMenu = lazy(() => import('./phone-menu.tsx').then((module) => ({ default: module.PhoneMenu })));

/** The frame around every page of a signed-in person. */
export function Shell() {
  useLive();
  const phone = usePhone();
  const [palette, setPalette] = useState(false);
  const [report, setReport] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setPalette(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className={phone ? 'shell is-phone' : 'shell'}>
      <a href="#main" className="skip-link">
        {t('app.skip')}
      </a>
      {!phone && <Side />}
      <div className="shell-body">
        {phone ? <PhoneHead onSearch={() => setPalette(true)} /> : <Head onSearch={() => setPalette(true)} />}
        <NetworkStrip />
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<Bones />}>
            <Outlet />
          </Suspense>
        </main>
        {phone && <PhoneBar onReport={() => setReport(true)} />}
      </div>
      <Suspense>
        {palette && <Palette onClose={() => setPalette(false)} />}
        {report && <StartSheet open onClose={() => setReport(false)} />}
      </Suspense>
    </div>
  );
}

function Side() {
  const [collapsed, setCollapsed] = useState(readStored('menu.collapsed') === '1');
  const toggle = () => {
    setCollapsed(!collapsed);
    writeStored('menu.collapsed', collapsed ? null : '1');
  };
  return (
    <aside aria-label={t('app.name')} className={collapsed ? 'shell-side is-collapsed' : 'shell-side'}>
      <Brand short={collapsed} />
      <SideMenu collapsed={collapsed} />
      <Button
        type="text"
        className="side-toggle"
        icon={collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={t(collapsed ? 'nav.expand' : 'nav.collapse')}
        onClick={toggle}
      />
    </aside>
  );
}

function Head({ onSearch }: { onSearch: () => void }) {
  return (
    <header className="shell-head">
      <Crumbs />
      <button type="button" className="head-search" onClick={onSearch}>
        <SearchOutlined aria-hidden />
        <span>{t('search.open')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <NoticeBell />
      <MeMenu />
    </header>
  );
}

/** On the phone: menu or back, the page's name, search and notices. */
function PhoneHead({ onSearch }: { onSearch: () => void }) {
  const crumbs = useCrumbs();
  const { history } = useRouter();
  const [menu, setMenu] = useState(false);
  const deep = crumbs.length > 1;
  return (
    <header className="shell-head">
      <Button
        type="text"
        icon={deep ? <ArrowLeftOutlined /> : <MenuOutlined />}
        aria-label={t(deep ? 'nav.back' : 'nav.open')}
        onClick={() => (deep ? history.back() : setMenu(true))}
      />
      <span className="phone-title ellipsis">{crumbs.at(-1)?.title}</span>
      <Button type="text" icon={<SearchOutlined />} aria-label={t('search.open')} onClick={onSearch} />
      <NoticeBell />
      <Suspense>{menu && <PhoneMenu onClose={() => setMenu(false)} />}</Suspense>
    </header>
  );
}
