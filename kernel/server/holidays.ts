import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fixedHolidays, type HolidayYear, holidaysWith } from '../calendar.ts';
import { codeOf, exitCodes, StartupFault } from './pg/startup-fault.ts';

const days = z.string().regex(/^(\d{2}-\d{2}(~\d{2}-\d{2})?( |$))*$/);
const shape = z.array(z.strictObject({ year: z.int().min(2025).max(2100), off: days, work: days }));

function refused(file: string, zh: string, en: string): StartupFault {
  return new StartupFault(
    'calendar.invalid',
    exitCodes.config,
    [`节假日文件有误：${file}。`, `${zh}。`, '请按国务院办公厅当年通知改正（格式见运行维护手册）后重新启动。'],
    [
      `The file of holidays is wrong: ${file}.`,
      `${en}.`,
      'Correct it by the notice of the General Office of the State Council (format: docs/operations.md), then start again.',
    ],
  );
}

/**
 * `holidays.json` of the data folder: notices published after this version, `[{ "year", "off", "work" }]`. None when there is no file.
 * @throws StartupFault calendar.invalid
 */
export function readHolidays(dataDir: string): HolidayYear[] {
  const file = join(dataDir, 'holidays.json');
  const notices = parsed(file);
  for (const { year, off, work } of notices) checkYear(file, year, { year, off, work });
  return notices;
}

function parsed(file: string): HolidayYear[] {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    const why = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw refused(file, why, why);
  }
}

/** A list cut short would count festivals as working days for a year: days that the law itself fixes must all be in it. */
function checkYear(file: string, year: number, notice: HolidayYear): void {
  try {
    const { off, work } = holidaysWith([notice]);
    const missing = [...fixedHolidays].filter((day) => !off.has(`${year}-${day}`));
    if (missing.length > 0)
      throw refused(file, `${year} 年缺少法定节日 ${missing.join('、')}`, `${year} lacks the statutory holidays ${missing.join(', ')}`);
    const wrong = [...work].filter((date) => date.startsWith(`${year}-`) && ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()));
    if (wrong.length > 0)
      throw refused(file, `调休上班日不是周末：${wrong.join('、')}`, `Exchanged working days that are no weekend: ${wrong.join(', ')}`);
  } catch (error) {
    if (error instanceof RangeError) throw refused(file, error.message, error.message);
    throw error;
  }
}
