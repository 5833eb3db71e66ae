// Pictures of the main pages of the demonstration city, as its people see them: `node e2e/shots.ts FOLDER [word]`; `word`: only those
// whose name contains it. Starts a demonstration of its own and removes it afterwards. docs/images takes two of them.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { Login } from '#modules/org/fixture.ts';
import { demoPassword } from '../cli/seed.ts';
import { launchBrowser } from './browser.ts';
import { settled } from './people.ts';

type Shot = {
  name: string;
  login: Login | null;
  path: string;
  phone?: true;
  dark?: true;
  english?: true;
  act?: (page: Page) => Promise<void>;
};

const list = '/m/inspection-hazard';
const stats = '/stats/inspection-hazard';

async function openFirst(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /地下车库灭火器/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: /地下车库灭火器/ }).waitFor();
}
const tab = (name: string) => async (page: Page) => {
  await openFirst(page);
  await page.getByRole('tab', { name }).click();
};
const assign = async (page: Page) => {
  await page.getByRole('button', { name: '分派整改' }).first().click();
  await page.getByRole('dialog').getByLabel('整改要求').waitFor();
};
const drawn = async (page: Page) => {
  await page.getByText(/当前视野内 [1-9]/).waitFor();
  await page.locator('.map-note').waitFor({ state: 'detached' });
};
const search = async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /搜索/ }).fill('灭火器');
  await page.getByRole('option', { name: /灭火器/ }).waitFor();
};

const officer = 'quancheng-officer';
const shots: readonly Shot[] = [
  { name: 'sign-in', login: null, path: '/' },
  { name: 'inbox', login: officer, path: '/' },
  { name: 'record', login: officer, path: list, act: tab('流程') },
  { name: 'record-details', login: officer, path: list, act: openFirst },
  { name: 'record-timeline', login: officer, path: list, act: tab('时间线') },
  { name: 'record-files', login: officer, path: list, act: tab('附件') },
  { name: 'form', login: officer, path: '/', act: assign },
  { name: 'search', login: officer, path: '/', act: search },
  { name: 'list', login: 'lixia-leader', path: list },
  { name: 'stats', login: 'lixia-leader', path: stats },
  { name: 'map', login: 'lixia-leader', path: '/map', act: drawn },
  { name: 'new', login: officer, path: '/new/inspection-hazard/report' },
  { name: 'notices', login: officer, path: '/notices' },
  { name: 'me', login: officer, path: '/me' },
  { name: 'sites', login: officer, path: '/sites' },
  { name: 'duties', login: officer, path: '/duties' },
  { name: 'people', login: officer, path: '/people' },
  { name: 'rota', login: 'duty-1', path: '/rota' },
  { name: 'units', login: 'sysadmin', path: '/units' },
  { name: 'committees', login: 'sysadmin', path: '/committees' },
  { name: 'forms', login: 'sysadmin', path: '/forms' },
  { name: 'accounts', login: 'secadmin', path: '/accounts' },
  { name: 'audit', login: 'auditor', path: '/audit' },
  { name: 'dark-inbox', login: officer, path: '/', dark: true },
  { name: 'dark-record', login: officer, path: list, dark: true, act: tab('流程') },
  { name: 'dark-form', login: officer, path: '/', dark: true, act: assign },
  { name: 'dark-list', login: 'lixia-leader', path: list, dark: true },
  { name: 'dark-stats', login: 'lixia-leader', path: stats, dark: true },
  { name: 'dark-map', login: 'lixia-leader', path: '/map', dark: true, act: drawn },
  { name: 'en-inbox', login: officer, path: '/', english: true },
  { name: 'en-list', login: 'lixia-leader', path: list, english: true },
  { name: 'en-stats', login: 'lixia-leader', path: stats, english: true },
  { name: 'en-me', login: officer, path: '/me', english: true },
  { name: 'phone-sign-in', login: null, path: '/', phone: true },
  { name: 'phone-inbox', login: officer, path: '/', phone: true },
  { name: 'phone-record', login: officer, path: '/', phone: true, act: openFirstRow },
  { name: 'phone-flow', login: officer, path: list, phone: true, act: tab('流程') },
  { name: 'phone-form', login: officer, path: '/', phone: true, act: phoneAssign },
  { name: 'phone-new', login: 'quancheng-grid', path: '/new/inspection-hazard/report', phone: true },
  { name: 'phone-list', login: officer, path: list, phone: true },
  { name: 'phone-map', login: officer, path: '/map', phone: true, act: drawn },
  { name: 'phone-stats', login: officer, path: stats, phone: true },
  { name: 'phone-notices', login: officer, path: '/notices', phone: true },
  { name: 'phone-me', login: officer, path: '/me', phone: true },
  { name: 'phone-sites', login: officer, path: '/sites', phone: true },
  { name: 'phone-duties', login: officer, path: '/duties', phone: true },
  { name: 'phone-rota', login: 'duty-1', path: '/rota', phone: true },
  { name: 'phone-people', login: officer, path: '/people', phone: true },
];

async function openFirstRow(page: Page): Promise<void> {
  await page.locator('.inbox-row').first().tap();
  await page.getByLabel('可办理的事项').waitFor();
}
async function phoneAssign(page: Page): Promise<void> {
  await openFirstRow(page);
  await assign(page);
}

/** The demonstration in a folder of its own. Stops and removes it when asked. */
async function startDemo(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-shots-'));
  const root = fileURLToPath(new URL('..', import.meta.url));
  const env = { ...process.env, VIGIL_DATA: folder, VIGIL_PORT: '0', VIGIL_MQTT_PORT: '0', VIGIL_LOG_LEVEL: 'error' };
  const demo = spawn(process.execPath, [join(root, 'main.ts'), 'serve', '--demo'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async () => {
    const ended = new Promise((done) => demo.once('exit', done));
    if (demo.exitCode === null && demo.kill('SIGTERM')) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = await readyAt(demo);
  if (url) return { url, stop };
  await stop();
  throw new Error('the demonstration did not start');
}

/** The address it says it is ready at; undefined when it ended before. Its words are read to the end, else it would stop at a full pipe. */
function readyAt(demo: ChildProcess): Promise<string | undefined> {
  return new Promise((done) => {
    let said = '';
    demo.stdout?.setEncoding('utf8').on('data', (words: string) => {
      if (said.length < 10_000) said += words;
      const url = /Vigil is ready: (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) done(url);
    });
    demo.once('exit', (code, signal) => {
      if (signal !== 'SIGTERM' && code !== 0) console.error(`the demonstration ended: ${code ?? signal}`);
      done(undefined);
    });
  });
}

async function cookieFor(url: string, login: Login): Promise<{ name: string; value: string; url: string }> {
  const body = JSON.stringify({ login, password: demoPassword });
  const answer = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const [name = '', value = ''] = (answer.headers.getSetCookie()[0]?.split(';')[0] ?? '').split('=');
  return { name, value, url };
}

async function take(browser: Browser, url: string, shot: Shot): Promise<Buffer> {
  const context = await browser.newContext({
    ...(shot.phone
      ? { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }
      : { viewport: { width: 1440, height: 900 } }),
    baseURL: url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: shot.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  try {
    if (shot.login) await context.addCookies([await cookieFor(url, shot.login)]);
    if (shot.english) await context.addInitScript(() => localStorage.setItem('vigil.lang', 'en'));
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(shot.path);
    await settled(page);
    await shot.act?.(page);
    await settled(page);
    // Few colours: a palette shows them all at a third of the size.
    return await sharp(await page.screenshot())
      .png({ palette: true, compressionLevel: 9 })
      .toBuffer();
  } finally {
    await context.close();
  }
}

async function takeAll(folder: string, word: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const demo = await startDemo();
  const browser = await launchBrowser();
  try {
    for (const shot of shots.filter(({ name }) => name.includes(word))) {
      try {
        const picture = await take(browser, demo.url, shot);
        writeFileSync(join(folder, `${shot.name}.png`), picture);
        console.log(`${shot.name}.png ${Math.round(picture.length / 1024)} KB`);
      } catch (error) {
        process.exitCode = 1;
        console.error(`${shot.name}: ${error instanceof Error ? error.message : error}`);
      }
    }
  } finally {
    await browser.close();
    await demo.stop();
  }
}

const [folder, word = ''] = process.argv.slice(2);
if (!folder) {
  console.error('node e2e/shots.ts FOLDER [word]');
  process.exit(2);
}
await takeAll(resolve(folder), word);
