import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launchBrowser } from '../e2e/browser.ts';
import { buildWeb } from '../tools/build.ts';
import { type BenchCity, startCity } from './city.ts';
import { median, print } from './figure.ts';

const dist = fileURLToPath(new URL('../dist/web/', import.meta.url));

/** Slow 4G as Lighthouse throttles it: 1.6 Mbit/s down, 150 ms round trip, CPU four times slower. */
const slow4g = { offline: false, latency: 150, downloadThroughput: (1.6 * 1_048_576) / 8, uploadThroughput: (0.75 * 1_048_576) / 8 };

/** The two screens that are measured: a phone in the field and a desk. */
const screens = { '390 px': { width: 390, height: 844 }, '1440 px': { width: 1440, height: 900 } };

type Screen = { width: number; height: number };
type Load = { scripts: string[]; inboxMs: number };

/** Opens the inbox of somebody signed in with an empty cache: what it loads, and when the first row of work can be read. */
async function loadInbox(url: string, cookie: string, viewport: Screen, throttle: boolean): Promise<Load> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    const scripts: string[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(new URL(response.url()).pathname);
    });
    if (throttle) {
      const cdp = await context.newCDPSession(page);
      await cdp.send('Network.enable');
      await cdp.send('Network.emulateNetworkConditions', slow4g);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    }
    const begun = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('.inbox-row').first().waitFor({ state: 'visible', timeout: 60_000 });
    return { scripts: [...scripts], inboxMs: performance.now() - begun };
  } finally {
    await browser.close();
  }
}

async function gzipKb(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => gzipSync(await readFile(`${dist}${path.slice(1)}`), { level: 9 }).length));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** JavaScript up to the first row (compressed), as a real browser loads it; time to that row on a slow line. */
async function measure(city: BenchCity, cookie: string, [name, viewport]: [string, Screen]): Promise<boolean> {
  const { scripts } = await loadInbox(city.app.url, cookie, viewport, false);
  const kb = await gzipKb([...new Set(scripts)]);
  const pass = kb <= 350;
  const value = Number(kb.toFixed(1));
  print({ bench: 'web', figure: `JavaScript of the inbox, gzip, ${name}`, value, unit: 'KB', target: '<= 350', pass });
  const times: number[] = [];
  for (let i = 0; i < 3; i++) times.push((await loadInbox(city.app.url, cookie, viewport, true)).inboxMs);
  const seconds = Number((median(times) / 1000).toFixed(2));
  const quick = seconds <= 6;
  print({
    bench: 'web',
    figure: `time to the first row of the inbox, slow 4G, CPU 4x slower, ${name}`,
    value: seconds,
    unit: 's',
    target: '<= 6',
    pass: quick,
  });
  return pass && quick;
}

export async function benchWeb(): Promise<boolean> {
  await buildWeb({});
  const city = await startCity({ history: true });
  try {
    const cookie = await city.cookie('quancheng-officer');
    let passed = true;
    for (const screen of Object.entries(screens)) passed = (await measure(city, cookie, screen)) && passed;
    return passed;
  } finally {
    await city.stop();
  }
}
