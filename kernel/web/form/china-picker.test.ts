import { afterEach, describe, expect, it } from 'vitest';
import { fromPicker, toPicker } from './china-picker.ts';

const zone = process.env.TZ;
afterEach(() => {
  process.env.TZ = zone;
});

describe('the date picker speaks China time', () => {
  it.each(['Asia/Shanghai', 'America/Los_Angeles', 'Europe/Berlin', 'UTC'])('on a device in %s', (device) => {
    process.env.TZ = device;
    expect(toPicker('2026-11-26T10:05:00.000Z')?.format('YYYY-MM-DD HH:mm')).toBe('2026-11-26 18:05');
    expect(fromPicker(toPicker('2026-11-26T10:05:00.000Z'))).toBe('2026-11-26T18:05:00+08:00');
  });

  it('takes nonsense for nothing', () => {
    expect(toPicker('gestern')).toBeNull();
    expect(toPicker(undefined)).toBeNull();
    expect(fromPicker(null)).toBeUndefined();
  });
});
