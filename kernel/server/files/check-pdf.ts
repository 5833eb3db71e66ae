import { promisify } from 'node:util';
import { constants, inflate } from 'node:zlib';
import { fault } from '../../fault.ts';

const unpack = promisify(inflate);

/** Actions that run something when a document is opened (ISO 32000-2 12.6.4); nothing an official document needs. */
const active = /\/(JavaScript|Launch|RichMedia)(?![A-Za-z])/;
const markup = /<(!doctype|html|script|svg|iframe|body|\?xml|\?php)/i;

const mostStreams = 4000;
const mostOfStream = 4 * 1_048_576;
const mostUnpacked = 64 * 1_048_576;

/** A PDF and nothing but a PDF, without scripts. Passwords are the reader's business. @throws fault files.damaged, files.mixed, files.active */
export async function checkPdf(bytes: Buffer): Promise<void> {
  const text = bytes.toString('latin1');
  if (!/^%PDF-[12]\.\d/.test(text)) throw fault('files.damaged');
  if (markup.test(text.slice(0, 1024))) throw fault('files.mixed');
  const end = text.lastIndexOf('%%EOF');
  if (end < 0) throw fault('files.damaged');
  if (/[^\s\0]/.test(text.slice(end + 5))) throw fault('files.mixed');
  if (active.test(plainNames(text))) throw fault('files.active');
  for await (const objects of objectStreams(bytes, text)) if (active.test(plainNames(objects))) throw fault('files.active');
}

/** Names may be written with `#xx` for any letter (ISO 32000-2 7.3.5): `/J#61vaScript`. */
function plainNames(text: string): string {
  return text.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Since PDF 1.5 objects may lie packed in streams, where a search of the bytes does not find them. */
async function* objectStreams(bytes: Buffer, text: string): AsyncGenerator<string> {
  let unpacked = 0;
  let at = text.indexOf('/ObjStm');
  for (let i = 0; at >= 0 && i < mostStreams && unpacked < mostUnpacked; i++) {
    const start = /^[\s\S]{0,600}?stream\r?\n/.exec(text.slice(at, at + 620));
    if (start) {
      const from = at + start[0].length;
      const objects = await unpacking(bytes.subarray(from, from + mostOfStream));
      unpacked += objects.length;
      yield objects.toString('latin1');
    }
    at = text.indexOf('/ObjStm', at + 7);
  }
}

/** What can be unpacked of it: the end of the stream is not searched for, the packed data know where they end. */
async function unpacking(packed: Buffer): Promise<Buffer> {
  try {
    return await unpack(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostOfStream });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw fault('files.bomb');
    return Buffer.alloc(0);
  }
}
