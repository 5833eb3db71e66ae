import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Login } from '#modules/org/fixture.ts';
import { startTestApp, type TestApp } from '#test/app.ts';
import { launchBrowser } from './browser.ts';
import { watch } from './complaints.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'node_modules/.cache/e2e');

/** How somebody looks at the city. The defaults are a desk: 1440 px, light, Chinese, mouse. */
export type Look = {
  /** 390 px with a finger, as most phones are. */
  phone?: boolean;
  dark?: boolean;
  /** Lets a tool into the page. Everything else runs under the content security policy that users get. */
  bypassCsp?: boolean;
  /** Refusals that this visit provokes on purpose; the console reports them. */
  provokes?: readonly RegExp[];
};

export type City = {
  app: TestApp;
  /** A window of its own, signed in as somebody or, with null, as nobody. */
  visit(login: Login | null, look?: Look): Promise<Page>;
};

const desk = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
/** The seat of 泉城路街道: where the phone says it is. */
const here = { longitude: 117.0231, latitude: 36.6659, accuracy: 8 };

async function openWindow(browser: Browser, app: TestApp, login: Login | null, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...(look.phone ? phone : desk),
    baseURL: app.url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: look.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: ['geolocation', 'clipboard-read', 'clipboard-write'],
    geolocation: here,
    bypassCSP: look.bypassCsp === true,
  });
  context.setDefaultTimeout(15_000);
  if (login !== null) {
    const [name = '', value = ''] = (await app.as(login)).cookie.split('=');
    await context.addCookies([{ name, value, url: app.url }]);
  }
  return context;
}

/**
 * A fresh city and a browser for the tests of one file; a window for each visit. After each test the windows are closed, and a
 * page that complained in its console fails the test that opened it.
 */
export function inCity(arrange?: (app: TestApp) => Promise<void>): City {
  let app: TestApp;
  let browser: Browser;
  let windows: { page: Page; complaints: string[] }[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ background: true }), launchBrowser()]);
    await arrange?.(app);
  });
  afterEach(async ({ task }) => {
    const closing = windows;
    windows = [];
    if (task.result?.state === 'fail') await Promise.all(closing.map(({ page }, n) => keepPicture(page, `${task.name} ${n + 1}`)));
    await Promise.all(closing.map(({ page }) => page.context().close()));
    expect(closing.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  return {
    get app() {
      return app;
    },
    async visit(login, look = {}) {
      const context = await openWindow(browser, app, login, look);
      const page = await context.newPage();
      windows.push({ page, complaints: watch(page, look.provokes ?? []) });
      return page;
    },
  };
}

/** What the screen showed when a test failed, for whoever looks into it. */
async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`), timeout: 5000 }).catch(() => undefined);
}
