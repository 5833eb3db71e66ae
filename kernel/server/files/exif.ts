import type { ExifTaken } from '../../file-contract.ts';

/** TIFF tags (CIPA DC-008 / Exif 2.32) that say when, where and with what a picture was taken. */
const tags = { make: 0x010f, model: 0x0110, exif: 0x8769, gps: 0x8825, time: 0x9003, offset: 0x9011 } as const;
const gpsTags = { latRef: 1, lat: 2, lngRef: 3, lng: 4 } as const;

const sizes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const mostEntries = 200;

type Reader = { bytes: Buffer; u16: (at: number) => number; u32: (at: number) => number };
type Entry = { type: number; count: number; at: number };

/** What a picture's EXIF block says of its taking; {} when it says nothing that can be read. Never throws. */
export function readExif(block: Buffer | undefined): ExifTaken {
  if (block === undefined) return {};
  const start = block.subarray(0, 6).equals(Buffer.from('Exif\0\0', 'latin1')) ? 6 : 0;
  const tiff = openTiff(block.subarray(start));
  if (!tiff) return {};
  const main = entriesAt(tiff, tiff.u32(4));
  const exif = entriesAt(tiff, pointer(tiff, main.get(tags.exif)));
  const gps = gpsOf(tiff, entriesAt(tiff, pointer(tiff, main.get(tags.gps))));
  const [make, model] = [textOf(tiff, main.get(tags.make)), textOf(tiff, main.get(tags.model))];
  const time = timeOf(textOf(tiff, exif.get(tags.time)));
  const offset = /^[+-]\d\d:\d\d$/.exec(textOf(tiff, exif.get(tags.offset)) ?? '')?.[0];
  return {
    ...(time === undefined ? {} : { time }),
    ...(offset === undefined ? {} : { offset }),
    ...(gps === undefined ? {} : { gps }),
    ...(make ? { make } : {}),
    ...(model ? { model } : {}),
  };
}

function openTiff(bytes: Buffer): Reader | undefined {
  const order = bytes.subarray(0, 2).toString('latin1');
  if (bytes.length < 8 || (order !== 'II' && order !== 'MM')) return undefined;
  const little = order === 'II';
  // Outside the block everything reads as 0: an entry that points nowhere is one that says nothing.
  const read = (at: number, width: 2 | 4) =>
    at < 0 || at + width > bytes.length ? 0 : little ? bytes.readUIntLE(at, width) : bytes.readUIntBE(at, width);
  const reader = { bytes, u16: (at: number) => read(at, 2), u32: (at: number) => read(at, 4) };
  return reader.u16(2) === 42 ? reader : undefined;
}

function entriesAt(tiff: Reader, at: number): Map<number, Entry> {
  const found = new Map<number, Entry>();
  if (at < 8 || at + 2 > tiff.bytes.length) return found;
  const count = Math.min(tiff.u16(at), mostEntries);
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * 12;
    const type = tiff.u16(entry + 2);
    const items = tiff.u32(entry + 4);
    const bytes = (sizes[type] ?? 0) * items;
    if (bytes === 0 || bytes > 4096) continue;
    found.set(tiff.u16(entry), { type, count: items, at: bytes <= 4 ? entry + 8 : tiff.u32(entry + 8) });
  }
  return found;
}

const pointer = (tiff: Reader, entry: Entry | undefined) => (entry?.type === 4 ? tiff.u32(entry.at) : 0);

function textOf(tiff: Reader, entry: Entry | undefined): string | undefined {
  if (entry?.type !== 2) return undefined;
  const raw = tiff.bytes.subarray(entry.at, entry.at + Math.min(entry.count, 64)).toString('latin1');
  const text = (raw.split('\0', 1)[0] ?? '').trim();
  return /^[\x20-\x7e]*$/.test(text) ? text : undefined;
}

/** `2026:11:23 14:05:09` → `2026-11-23T14:05:09` */
function timeOf(text: string | undefined): string | undefined {
  const [, year, month, day, time] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text ?? '') ?? [];
  const iso = `${year}-${month}-${day}T${time}`;
  return year !== undefined && !Number.isNaN(Date.parse(`${iso}Z`)) ? iso : undefined;
}

function gpsOf(tiff: Reader, gps: ReadonlyMap<number, Entry>): { lng: number; lat: number } | undefined {
  const lat = degreesOf(tiff, gps.get(gpsTags.lat), textOf(tiff, gps.get(gpsTags.latRef)), 'S', 90);
  const lng = degreesOf(tiff, gps.get(gpsTags.lng), textOf(tiff, gps.get(gpsTags.lngRef)), 'W', 180);
  return lat === undefined || lng === undefined || (lat === 0 && lng === 0) ? undefined : { lng, lat };
}

/** Three rationals: degrees, minutes, seconds. Rounded to 7 decimals, a centimetre. */
function degreesOf(tiff: Reader, entry: Entry | undefined, ref: string | undefined, negative: string, most: number): number | undefined {
  if (entry?.type !== 5 || entry.count !== 3) return undefined;
  const [degrees = Number.NaN, minutes = Number.NaN, seconds = Number.NaN] = [0, 1, 2].map((i) => {
    const below = tiff.u32(entry.at + i * 8 + 4);
    return below === 0 ? Number.NaN : tiff.u32(entry.at + i * 8) / below;
  });
  const value = degrees + minutes / 60 + seconds / 3600;
  if (!(value >= 0 && value <= most)) return undefined;
  return Math.round((ref === negative ? -value : value) * 1e7) / 1e7;
}
