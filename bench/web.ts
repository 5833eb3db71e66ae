import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launchBrowser } from '../e2e/browser.ts';
import { buildWeb } from '../tools/build.ts';
import { startCity } from './city.ts';
import { median, print } from './figure.ts';

const dist = fileURLToPath(new URL('../dist/web/', import.meta.url));

/** Slow 4G as Lighthouse throttles it: 1.6 Mbit/s down, 150 ms round trip, CPU four times slower. */
const slow4g = { offline: false, latency: 150, downloadThroughput: (1.6 * 1_048_576) / 8, uploadThroughput: (0.75 * 1_048_576) / 8 };

type Load = { scripts: string[]; inboxMs: number };

/** Signs in, then opens the inbox in a fresh tab with an empty cache: what it loads and when the list stands. */
async function loadInbox(url: string, cookie: string, throttle: boolean): Promise<Load> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
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
    await page.locator('[data-ready="inbox"]').waitFor({ timeout: 60_000 });
    return { scripts: [...scripts], inboxMs: performance.now() - begun };
  } finally {
    await browser.close();
  }
}

async function gzipKb(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => gzipSync(await readFile(`${dist}${path.slice(1)}`), { level: 9 }).length));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** JavaScript of the first screen (compressed), as a real browser loads it; time to the inbox on a slow line. */
export async function benchWeb(): Promise<boolean> {
  await buildWeb({});
  const city = await startCity();
  try {
    const cookie = await city.cookie('quancheng-officer');
    const { scripts } = await loadInbox(city.app.url, cookie, false);
    const kb = await gzipKb([...new Set(scripts)]);
    const pass = kb <= 350;
    print({ bench: 'web', figure: 'JavaScript of the inbox, gzip', value: Number(kb.toFixed(1)), unit: 'KB', target: '<= 350', pass });
    const times = [];
    for (let i = 0; i < 3; i++) times.push((await loadInbox(city.app.url, cookie, true)).inboxMs);
    print({
      bench: 'web',
      figure: 'time to the inbox, slow 4G, CPU 4x slower',
      value: Number((median(times) / 1000).toFixed(2)),
      unit: 's',
    });
    return pass;
  } finally {
    await city.stop();
  }
}
