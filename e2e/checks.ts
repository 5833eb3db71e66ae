import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Axe = typeof axe;

/**
 * What axe calls serious or critical on the page as it is now, one line each. The page's window must let tools in (`bypassCsp`).
 * `contrast`: only that, for where nothing but the colours has changed.
 */
export async function findSerious(page: Page, only?: 'contrast'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate((rules) => {
    const { axe: tool } = window as unknown as { axe: Axe };
    return tool.run(document, { resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) });
  }, only && ['color-contrast']);
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
    );
}

/** What makes the page wider than the screen, outermost first; empty when nothing does. */
export function findTooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 1);
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element.parentElement; at && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      }
      return false;
    };
    const loose = wide.filter((element) => !scrolls(element)).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    const over = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} px wide`] : [];
    return [...over, ...loose.slice(0, 5)];
  });
}

/** Visible targets of a thumb that are smaller than 44 × 44 px: the bars' buttons and everything that acts. */
export function findTooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = '.phone-tab, .shell-head button, .ant-btn-primary, .record-actions button, [role=tab], form button[type=submit]';
    return [...document.querySelectorAll<HTMLElement>(targets)].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || (width >= 43.5 && height >= 43.5)) return [];
      return [`${element.className || element.tagName} “${element.innerText.trim()}” ${Math.round(width)} × ${Math.round(height)}`];
    });
  });
}

/** Text that is cut off without an ellipsis, where somebody would miss the end of it. */
export function findCut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *, .shell-head *')].flatMap((element) => {
      const style = getComputedStyle(element);
      const cuts = style.overflowX === 'hidden' || style.overflowX === 'clip';
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      if (!own || !cuts || style.textOverflow === 'ellipsis' || element.clientWidth < 4) return [];
      return element.scrollWidth > element.clientWidth + 1 ? [`${element.className} “${element.innerText.slice(0, 40)}”`] : [];
    }),
  );
}
