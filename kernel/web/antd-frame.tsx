import { ConfigProvider, theme } from 'antd';
import zhCN from 'antd/es/locale/zh_CN.js';
import dayjs from 'dayjs';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import 'dayjs/locale/zh-cn';
import { useCalm, useDark, useLang } from './look.ts';
import { Toasts } from './parts/toast.tsx';
import { darkTokens, lightTokens } from './tokens.ts';

type Locale = typeof zhCN;

/** antd with our tokens and the present language. A change of language draws everything anew from here. */
export function AntdFrame({ children }: { children: ReactNode }) {
  const dark = useDark();
  const lang = useLang();
  const calm = useCalm();
  const [english, setEnglish] = useState<Locale>();
  useEffect(() => {
    dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
    if (lang === 'en') void import('antd/es/locale/en_US.js').then((module) => setEnglish(module.default));
  }, [lang]);
  return (
    <ConfigProvider
      locale={lang === 'en' && english ? english : zhCN}
      theme={{
        ...(dark ? darkTokens : lightTokens),
        token: { ...(dark ? darkTokens : lightTokens).token, motion: !calm },
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
      }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <Fragment key={lang}>{children}</Fragment>
      <Toasts />
    </ConfigProvider>
  );
}
