import { useSyncExternalStore } from 'react';
import { formatDate, formatDeadline, formatInstant } from '../calendar.ts';
import { serverNow } from './network.ts';
import { getLang, t } from './words/words.ts';

let now = serverNow();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = serverNow();
    for (const one of listeners) one();
  }, 20_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Now by the server's clock, refreshed every 20 seconds for everything that shows time left. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => now);

const instant = (at: string) => new Date(at);

/** `11月23日 14:05（2 小时前）` */
export function When({ at }: { at: string }) {
  const current = useNow();
  return <time dateTime={at}>{formatInstant(instant(at), current, getLang())}</time>;
}

/** `11月23日 14:05`, for places where the distance would be noise. */
export function clockText(at: string, current: Date): string {
  return formatInstant(instant(at), current, getLang()).replace(/（.*|\s\(.*$/u, '');
}

export function dateText(at: string, current: Date): string {
  return formatDate(instant(at), current, getLang());
}

/** `剩 3 小时 20 分`, `已超期 1 天`; the exact moment on hover and for screen readers. */
export function TimeLeft({ due }: { due: string | null }) {
  const current = useNow();
  if (due === null) return <span className="quiet">{t('matter.no_due')}</span>;
  const late = instant(due).getTime() < current.getTime();
  return (
    <time dateTime={due} className={late ? 'time-left is-late' : 'time-left'} title={clockText(due, current)}>
      {formatDeadline(instant(due), current, getLang())}
    </time>
  );
}
