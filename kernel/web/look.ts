import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from './stored.ts';
import { getLang, onLang, setLang } from './words/words.ts';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

const listeners = new Set<() => void>();
const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
/** Kept here because asking the query again between a change and its event makes Chromium drop the event. */
let systemDark = darkQuery.matches;
let theme: Theme = themes.find((one) => one === readStored('theme')) ?? 'system';

const resolved = (): 'light' | 'dark' => (theme === 'system' ? (systemDark ? 'dark' : 'light') : theme);

let repainting: ReturnType<typeof setTimeout> | undefined;

/** A change of theme is no movement: for a moment nothing fades, or every text would pass through colours nobody can read. */
function repaintAtOnce(root: HTMLElement): void {
  root.classList.add('is-repainting');
  clearTimeout(repainting);
  repainting = setTimeout(() => root.classList.remove('is-repainting'), 400);
}

function paint(): void {
  const { documentElement } = document;
  if (documentElement.dataset.theme !== resolved()) repaintAtOnce(documentElement);
  documentElement.dataset.theme = resolved();
  documentElement.lang = getLang() === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

/** Puts the remembered theme and language in force; before the first drawing, so that nothing flashes. */
export async function startLook(): Promise<void> {
  darkQuery.addEventListener('change', ({ matches }) => {
    systemDark = matches;
    paint();
  });
  onLang(paint);
  paint();
  if (readStored('lang') === 'en') await setLang('en');
}

export function setTheme(next: Theme): void {
  theme = next;
  writeStored('theme', next);
  paint();
}

export async function switchLang(): Promise<void> {
  const next = getLang() === 'zh' ? 'en' : 'zh';
  writeStored('lang', next);
  await setLang(next);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => theme);
export const useDark = (): boolean => useSyncExternalStore(subscribe, () => resolved() === 'dark');
export const useLang = () => useSyncExternalStore(subscribe, getLang);

const phoneQuery = window.matchMedia('(max-width: 767.98px)');
const wideQuery = window.matchMedia('(min-width: 1200px)');

function useMedia(media: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => media.matches,
  );
}

/** Narrower than 768 px: one column, bottom bar, targets of 44 px. */
export const usePhone = (): boolean => useMedia(phoneQuery);
/** 1200 px and wider: room for two panes. */
export const useWide = (): boolean => useMedia(wideQuery);

const calmQuery = window.matchMedia('(prefers-reduced-motion: reduce)');
/** The person has asked the device for less motion. */
export const useCalm = (): boolean => useMedia(calmQuery);
