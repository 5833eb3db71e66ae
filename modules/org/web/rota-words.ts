import { formatDate, startOfDay } from '#kernel/calendar.ts';
import { fillText, type Text } from '#kernel/text.ts';
import { getLang, say } from '#kernel/web/words/words.ts';
import type { ShiftLine } from '../schema.ts';
import { hoursOf } from './rota-days.ts';

/** Words of the rota. */
export const words = {
  title: { zh: '值班', en: 'Duty rota' },
  desk: { zh: '值班室', en: 'Desk' },
  noDesk: { zh: '还没有设置值班室', en: 'No duty desk has been set up' },
  noDeskHelp: {
    zh: '由系统管理员在机构中设置值班室后，即可在此排班和交接班。',
    en: 'The system administrator sets one up; then it is planned here.',
  },
  now: { zh: '当前值班', en: 'On duty now' },
  nobody: { zh: '当前无人值班，请立即联系带班领导补位', en: 'Nobody is on duty: ring the leader of the desk at once' },
  others: { zh: '其他值班室（{n}）', en: 'Other desks ({n})' },
  mine: { zh: '我的班次', en: 'My shifts' },
  further: { zh: '此后的班次（{n}）', en: 'Later shifts ({n})' },
  noMine: { zh: '近两周没有您的班次', en: 'You have no shift in the next two weeks' },
  notes: { zh: '最近交班记录', en: 'Latest hand-over notes' },
  noNotes: { zh: '近三天没有交班记录', en: 'No hand-over note in the last three days' },
  sheet: { zh: '值班表', en: 'Rota' },
  day: { zh: '日期', en: 'Day' },
  today: { zh: '今天', en: 'Today' },
  rest: { zh: '休', en: 'off' },
  me: { zh: '我', en: 'me' },
  on: { zh: '在岗', en: 'on duty' },
  notTaken: { zh: '未接班', en: 'not taken over' },
  taken: { zh: '已接班', en: 'taken over' },
  handed: { zh: '已交班', en: 'handed over' },
  without: { zh: '无交班记录接班：{why}', en: 'taken over without a note: {why}' },
  behalf: { zh: '代 {name}', en: 'for {name}' },
  earlier: { zh: '上一周', en: 'Week before' },
  later: { zh: '下一周', en: 'Week after' },
  back: { zh: '回到本周', en: 'This week' },
  range: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  none: { zh: '这两周还没有排班', en: 'No shifts in these two weeks' },
  nextDay: { zh: '次日 {time}', en: '{time} next day' },
  laterDay: { zh: '{days} 天后 {time}', en: '{time} {days} days later' },
  plan: { zh: '排班', en: 'Plan' },
  planDay: { zh: '{day}排班', en: 'Plan {day}' },
  shifts: { zh: '班次', en: 'Shifts' },
  shiftsHelp: {
    zh: '这里列出的就是当天尚未开始的全部班次，删去的将撤下',
    en: 'These are all shifts of the day that have not begun; what you remove is taken off',
  },
  copy: { zh: '{from}至{to}照上一周排班', en: 'Plan {from} to {to} as the week before' },
  planned: {
    zh: '排班已保存：新增 {added} 班，保留 {kept} 班，撤下 {removed} 班',
    en: 'Saved: {added} added, {kept} kept, {removed} taken off',
  },
  takenDone: { zh: '已接班，值班事项由您负责', en: 'Taken over; the desk is yours' },
  handedDone: { zh: '交班记录已保存，等待下一班接班', en: 'The note is kept; the next shift takes over' },
  swap: { zh: '申请换班', en: 'Ask to exchange' },
  swapWith: { zh: '换对方的哪一班', en: 'For which of their shifts' },
  swapHelp: {
    zh: '选定对方班次即互换；不选则请对方替班。对方同意后由值班室领导审批，班次开始前未办结即失效。',
    en: 'Choose a shift to exchange, or none to ask for a stand-in. They accept, a leader approves; it lapses when the shift begins.',
  },
  swapNone: { zh: '不换班，请对方替班', en: 'None: they stand in' },
} as const satisfies Record<string, Text>;

export const sayWith = (text: Text, params: Record<string, string | number>): string => fillText(text, params, getLang());

const weekdays = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
export const weekdayWord = (weekday: number): string => weekdays[getLang()][weekday] ?? '';

/** A China date in words: `11月23日`. */
export const dayWord = (day: string, now: Date): string => formatDate(startOfDay(day), now, getLang());

/** `20:00–次日 08:00` */
export function hoursWord(shift: Pick<ShiftLine, 'startsAt' | 'endsAt'>): string {
  const { from, to, later } = hoursOf(shift);
  if (later === 0) return `${from}–${to}`;
  return `${from}–${later === 1 ? sayWith(words.nextDay, { time: to }) : sayWith(words.laterDay, { time: to, days: later })}`;
}

/** Where a shift stands: handed over, taken over, or not yet. */
export const standing = (shift: Pick<ShiftLine, 'handoverAt' | 'takenAt'>): string | undefined =>
  shift.handoverAt !== null ? say(words.handed) : shift.takenAt !== null ? say(words.taken) : undefined;
