import dayjs, { type Dayjs } from 'dayjs';

const chinaMs = 8 * 3_600_000;

/** A picker shows the device's wall clock: it is handed a time whose local clock reads as China's clock does at that instant. */
export function toPicker(instant: string | undefined): Dayjs | null {
  if (!instant || Number.isNaN(Date.parse(instant))) return null;
  return dayjs(new Date(Date.parse(instant) + chinaMs).toISOString().slice(0, 16));
}

/** What was picked, read as China time: `2026-11-26T18:00:00+08:00`. */
export function fromPicker(picked: Dayjs | null): string | undefined {
  return picked?.isValid() ? `${picked.format('YYYY-MM-DDTHH:mm')}:00+08:00` : undefined;
}
