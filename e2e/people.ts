import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import type { Login } from '#modules/org/fixture.ts';
import { demoPassword } from '../cli/seed.ts';

/** Types the login and the password on the sign-in page, as a person does. */
export async function signIn(page: Page, login: Login, password = demoPassword): Promise<void> {
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('口令', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** Nothing is on its way any more: no grey rows, no spinners, no transitions; pictures and fonts are there. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main, .sign-in').first().waitFor();
  await page.waitForFunction(() => {
    const busy = document.querySelector('.bones, .ant-spin-spinning, .ant-btn-loading, .ant-skeleton');
    return !busy && [...document.images].every((image) => image.complete || image.loading === 'lazy');
  });
  await page.evaluate(async () => {
    await document.fonts.ready;
    // What a change of theme or width sets off begins with the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
}

/** What the application has just said happened. */
export const told = (page: Page, words: string | RegExp): Locator => page.locator('.toast').filter({ hasText: words });

/** Types into the search of a select and takes the first choice that contains the words. */
export async function choose(page: Page, label: string, text: string, search = false): Promise<void> {
  const box = page.getByLabel(label, { exact: true });
  await box.click();
  if (search) await box.fill(text);
  await page.locator('.ant-select-item-option').filter({ hasText: text }).first().click();
}

/** A photo as a phone takes it: large, JPEG, with something on it. `n` makes it different from all others. */
export function photo(words: string, n: number): Promise<Buffer> {
  const hue = (n * 67) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="1800"><rect width="2400" height="1800" fill="hsl(${hue},22%,58%)"/>
    <rect x="300" y="420" width="${800 + ((n * 97) % 500)}" height="1000" fill="hsl(${(hue + 30) % 360},26%,38%)"/>
    <text x="1200" y="1640" font-size="120" text-anchor="middle" fill="#fff">${words}</text></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer();
}

/** Takes a photo with the form's camera button and waits until the server has it. */
export async function takePhoto(within: Locator, words: string, n: number): Promise<void> {
  const file = { name: `IMG_${n}.jpg`, mimeType: 'image/jpeg', buffer: await photo(words, n) };
  const kept = within.locator('.photo:not(.is-sending):not(.is-failed)');
  const before = await kept.count();
  await within.locator('input[type=file][capture]').setInputFiles(file);
  await kept.nth(before).waitFor();
}

/** Opens the form of an action on the record that is shown. `more`: it stands under 更多. */
export async function actIn(page: Page, action: string, more?: 'more'): Promise<Locator> {
  const actions = page.getByLabel('可办理的事项');
  if (more) {
    await actions.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  } else await actions.getByRole('button', { name: action, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: action });
  await dialog.waitFor();
  return dialog;
}
