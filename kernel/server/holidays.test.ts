import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readHolidays } from './holidays.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-holidays-'));
const year = { year: 2031, off: '01-01 05-01~05-03 10-01~10-07', work: '10-11' };
const write = (content: unknown) =>
  writeFileSync(join(folder, 'holidays.json'), typeof content === 'string' ? content : JSON.stringify(content));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('holidays.json', () => {
  it('may be absent, and adds whole years', () => {
    expect(readHolidays(folder)).toEqual([]);
    write([year]);
    expect(readHolidays(folder)).toEqual([year]);
  });

  it('is refused with the reason when it is wrong', () => {
    const refused: [unknown, RegExp][] = [
      ['[{', /holidays\.json/],
      [{ year: 2031 }, /array/],
      [[{ ...year, off: '1月1日' }], /off/],
      [[{ ...year, off: '01-01 05-01~05-03 10-01~10-07 02-30' }], /2031-02-30/],
      [[{ ...year, off: '01-01 05-01~05-03' }], /10-01、10-02、10-03/],
      [[{ ...year, work: '10-13' }], /2031-10-13/],
    ];
    for (const [content, why] of refused) {
      write(content);
      expect(() => readHolidays(folder), JSON.stringify(content)).toThrow(why);
      expect(() => readHolidays(folder)).toThrow(expect.objectContaining({ code: 'calendar.invalid', exitCode: 78 }));
    }
  });
});
