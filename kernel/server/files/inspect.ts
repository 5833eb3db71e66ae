import type { FileHandle } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { fault } from '../../fault.ts';
import { type FileFamily, fileFamilies } from '../../file-contract.ts';
import { checkOffice } from './check-office.ts';
import { checkPdf } from './check-pdf.ts';
import { checkMp3, checkMp4, checkWav } from './check-recording.ts';
import { checkText } from './check-text.ts';
import { extensionOf } from './names.ts';
import { hidesZip, readAt } from './zip.ts';

/** So much of the beginning tells every type that is accepted. */
export const headBytes = 4100;
const mostText = 10 * 1_048_576;

/** Other names for the same types. */
const aliases: Readonly<Record<string, string>> = {
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'video/quicktime': 'video/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
};

const latin = (head: Buffer, from: number, to: number) => head.subarray(from, to).toString('latin1');

/** The type by the first bytes; undefined for what has no mark of its own (texts). ZIP containers are looked into later. */
async function sniff(head: Buffer): Promise<string | undefined> {
  if (latin(head, 0, 4) === 'PK\x03\x04') return 'application/zip';
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return found && (aliases[found.mime] ?? found.mime);
}

function familyOf(type: string): FileFamily | undefined {
  return (Object.keys(fileFamilies) as FileFamily[]).find((family) => (fileFamilies[family].types as readonly string[]).includes(type));
}

/** How large a file with this beginning may be: known before the rest has arrived. */
export async function limitFor(head: Buffer): Promise<number> {
  return fileFamilies[familyOf((await sniff(head)) ?? '') ?? 'document'].limit;
}

export type Inspected = { type: string; family: FileFamily };

/** What a received file really is, looked at from the first byte to the last. @throws the faults of files.* for everything that is not accepted */
export async function inspect(file: FileHandle, size: number, name: string): Promise<Inspected> {
  const head = await readAt(file, 0, Math.min(size, headBytes));
  const sniffed = await sniff(head);
  if (sniffed === 'application/x-cfb') throw fault('files.office_old');
  if (sniffed === 'application/zip') return { type: await checkOffice(file, size), family: 'document' };
  if (sniffed === undefined) return { type: await textType(file, size, name), family: 'document' };
  const family = familyOf(sniffed);
  if (family === undefined) throw fault('files.type', { found: sniffed });
  // A picture is drawn anew: nothing else survives that. All others are kept as they are, so they must be one thing only.
  if (family !== 'image') await checkWhole(file, size, sniffed);
  return { type: sniffed, family };
}

async function checkWhole(file: FileHandle, size: number, type: string): Promise<void> {
  if (await hidesZip(file, size)) throw fault('files.mixed');
  if (type === 'application/pdf') await checkPdf(await readAt(file, 0, size));
  else if (type === 'video/mp4') await checkMp4(file, size);
  else if (type === 'audio/wav') await checkWav(file, size);
  else await checkMp3(file, size);
}

/** Texts have no mark: only here the name decides, between the two kinds of text there are. */
async function textType(file: FileHandle, size: number, name: string): Promise<string> {
  const extension = extensionOf(name);
  if (extension !== 'txt' && extension !== 'csv') throw fault('files.type', { found: extension === '' ? '?' : `.${extension}` });
  if (size > mostText) throw fault('files.too_large', { limit: mostText / 1_048_576 });
  const charset = checkText(await readAt(file, 0, size));
  return `text/${extension === 'csv' ? 'csv' : 'plain'}; charset=${charset}`;
}
