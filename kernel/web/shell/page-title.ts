import { useEffect, useSyncExternalStore } from 'react';
import { t } from '../words/words.ts';

export type Crumb = { title: string; to?: string };

let crumbs: readonly Crumb[] = [];
const listeners = new Set<() => void>();

/** Names the page: the crumbs above it, the browser's title, and where "back" leads. The last crumb is the page itself. */
export function usePage(...path: Crumb[]): void {
  const key = path.map((crumb) => `${crumb.title}\u0000${crumb.to ?? ''}`).join('\u0001');
  useEffect(() => {
    crumbs = key.split('\u0001').map((part) => {
      const [title = '', to = ''] = part.split('\u0000');
      return to ? { title, to } : { title };
    });
    document.title = [...crumbs.map((crumb) => crumb.title).reverse(), t('app.name')].join(' · ');
    for (const listener of listeners) listener();
  }, [key]);
}

export const useCrumbs = (): readonly Crumb[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => crumbs,
  );
