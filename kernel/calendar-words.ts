import { chinaDate } from './calendar-days.ts';
import type { Lang } from './text.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/**
 * A length of time as people say it, in at most two units and rounded down: `3 小时 20 分`, `2 天 5 小时`, `12 天`.
 * Under a minute: `不足 1 分钟`.
 */
export function formatDuration(ms: number, lang: Lang): string {
  const days = Math.floor(ms / day);
  const hours = Math.floor(ms / hour) % 24;
  const minutes = Math.floor(ms / minute) % 60;
  const zh = lang === 'zh';
  if (days >= 3 || (days > 0 && hours === 0)) return zh ? `${days} 天` : plural(days, 'day');
  if (days > 0) return zh ? `${days} 天 ${hours} 小时` : `${plural(days, 'day')} ${hours} h`;
  if (hours > 0 && minutes === 0) return zh ? `${hours} 小时` : plural(hours, 'hour');
  if (hours > 0) return zh ? `${hours} 小时 ${minutes} 分` : `${hours} h ${minutes} min`;
  if (minutes > 0) return zh ? `${minutes} 分钟` : `${minutes} min`;
  return zh ? '不足 1 分钟' : 'under a minute';
}

/** One unit only, rounded down: `2 小时`, `1 天`, `3 个月`. */
function roughly(ms: number, lang: Lang): string {
  const zh = lang === 'zh';
  if (ms < hour) return formatDuration(ms, lang);
  if (ms < day) return zh ? `${Math.floor(ms / hour)} 小时` : plural(Math.floor(ms / hour), 'hour');
  const days = Math.floor(ms / day);
  if (days < 60) return zh ? `${days} 天` : plural(days, 'day');
  if (days < 730) return zh ? `${Math.floor(days / 30.44)} 个月` : plural(Math.floor(days / 30.44), 'month');
  return zh ? `${Math.floor(days / 365.25)} 年` : plural(Math.floor(days / 365.25), 'year');
}

/** `剩 3 小时 20 分`, `剩不足 1 分钟`, `已超期 1 天`. At the very moment it is not yet overdue. */
export function formatDeadline(due: Date, now: Date, lang: Lang): string {
  const left = due.getTime() - now.getTime();
  const zh = lang === 'zh';
  if (left >= minute) return zh ? `剩 ${formatDuration(left, lang)}` : `${formatDuration(left, lang)} left`;
  if (left >= 0) return zh ? '剩不足 1 分钟' : 'under a minute left';
  if (-left < minute) return zh ? '已超期' : 'just overdue';
  return zh ? `已超期 ${roughly(-left, lang)}` : `overdue by ${roughly(-left, lang)}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The China date in words: `11月23日`, with the year when it is not the current one. */
export function formatDate(at: Date, now: Date, lang: Lang): string {
  const date = chinaDate(at);
  const year = date.slice(0, 4);
  const month = Number(date.slice(5, 7));
  const dayOfMonth = Number(date.slice(8));
  const other = year !== chinaDate(now).slice(0, 4);
  if (lang === 'zh') return `${other ? `${year}年` : ''}${month}月${dayOfMonth}日`;
  return `${dayOfMonth} ${months[month - 1]}${other ? ` ${year}` : ''}`;
}

/** `11月23日 14:05（2 小时前）`, in China time whatever the machine's zone. */
export function formatInstant(at: Date, now: Date, lang: Lang): string {
  const clock = new Date(at.getTime() + 8 * hour).toISOString().slice(11, 16);
  return `${formatDate(at, now, lang)} ${clock}${lang === 'zh' ? `（${distance(at, now, lang)}）` : ` (${distance(at, now, lang)})`}`;
}

function distance(at: Date, now: Date, lang: Lang): string {
  const ms = now.getTime() - at.getTime();
  const zh = lang === 'zh';
  if (Math.abs(ms) < minute) return zh ? '刚刚' : 'just now';
  const far = roughly(Math.abs(ms), lang);
  if (ms > 0) return zh ? `${far}前` : `${far} ago`;
  return zh ? `${far}后` : `in ${far}`;
}
