import type { FileHandle } from 'node:fs/promises';
import { fault } from '../../fault.ts';
import { readAt } from './zip.ts';

const damaged = () => fault('files.damaged');

/** Boxes from the first byte to the last, with the movie among them (ISO/IEC 14496-12 4.2). @throws fault files.damaged, files.mixed */
export async function checkMp4(file: FileHandle, size: number): Promise<void> {
  const seen = new Set<string>();
  for (let at = 0; at < size; ) {
    const head = await readAt(file, at, 16);
    const type = head.subarray(4, 8).toString('latin1');
    if (head.length < 8 || !/^[\x20-\x7e\xa9]{4}$/.test(type)) throw seen.has('moov') ? fault('files.mixed') : damaged();
    if (at === 0 && type !== 'ftyp') throw damaged();
    seen.add(type);
    const short = head.readUInt32BE(0);
    const length = short === 0 ? size - at : short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short;
    if (length < 8 || at + length > size) throw seen.has('moov') && type !== 'mdat' ? fault('files.mixed') : damaged();
    at += length;
  }
  if (!seen.has('moov') && !seen.has('moof')) throw damaged();
}

/** One RIFF chunk that is as long as the file (a padding byte allowed). @throws fault files.damaged, files.mixed */
export async function checkWav(file: FileHandle, size: number): Promise<void> {
  const head = await readAt(file, 0, 16);
  if (head.length < 16 || head.subarray(0, 4).toString('latin1') !== 'RIFF' || head.subarray(8, 12).toString('latin1') !== 'WAVE')
    throw damaged();
  const said = head.readUInt32LE(4) + 8;
  if (said > size) throw damaged();
  if (said + 1 < size) throw fault('files.mixed');
}

const bitRates = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

/** Length of the layer III frame whose head this is (ISO/IEC 11172-3 2.4.1.3, 13818-3); undefined when it is none. */
export function mp3FrameLength(head: Buffer): number | undefined {
  if (head.length < 4 || head.readUInt16BE(0) < 0xffe0) return undefined;
  const [a = 0, b = 0] = head.subarray(1, 3);
  const version = (a >> 3) & 3;
  const layer = (a >> 1) & 3;
  const rate = sampleRates[(b >> 2) & 3];
  const kbit = bitRates[version === 3 ? 1 : 2][b >> 4];
  if (version === 1 || layer !== 1 || rate === undefined || !kbit) return undefined;
  const divisor = version === 3 ? 1 : version === 2 ? 2 : 4;
  return Math.floor(((version === 3 ? 144_000 : 72_000) * kbit) / (rate / divisor)) + ((b >> 1) & 1);
}

const framesWanted = 4;

/** Several frames one after the other behind the ID3 tag: one sync word alone is in every other file. @throws fault files.damaged */
export async function checkMp3(file: FileHandle, size: number): Promise<void> {
  const tag = await readAt(file, 0, 10);
  const [a = 0, b = 0, c = 0, d = 0] = tag.subarray(6, 10);
  let at = tag.subarray(0, 3).toString('latin1') === 'ID3' ? 10 + ((a << 21) | (b << 14) | (c << 7) | d) : 0;
  for (let frame = 0; frame < framesWanted; frame++) {
    const length = at < size ? mp3FrameLength(await readAt(file, at, 4)) : undefined;
    if (length === undefined) throw damaged();
    at += length;
  }
}
