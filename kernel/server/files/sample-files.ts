import { crc32, deflateRawSync } from 'node:zlib';

/** Small real files of every kind, and their evil twins, for tests. */
export type ZipPart = {
  name: string;
  data: Buffer | string;
  /** What the directory claims instead of the truth. */
  claim?: { size?: number; packed?: number; at?: number; flags?: number };
};

function localHead(name: Buffer, data: Buffer, packed: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(crc32(data), 14);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(data.length, 22);
  head.writeUInt16LE(name.length, 26);
  return head;
}

function centralHead(part: ZipPart, name: Buffer, data: Buffer, packed: Buffer, at: number): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(20, 6);
  head.writeUInt16LE(part.claim?.flags ?? 0, 8);
  head.writeUInt16LE(8, 10);
  head.writeUInt32LE(crc32(data), 16);
  head.writeUInt32LE(part.claim?.packed ?? packed.length, 20);
  head.writeUInt32LE(part.claim?.size ?? data.length, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt32LE(part.claim?.at ?? at, 42);
  return head;
}

export function makeZip(parts: readonly ZipPart[], count = parts.length): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const [name, data] = [Buffer.from(part.name), Buffer.from(part.data)];
    const packed = deflateRawSync(data);
    const body = Buffer.concat([localHead(name, data, packed), name, packed]);
    bodies.push(body);
    directory.push(centralHead(part, name, data, packed, at), name);
    at += body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const contentTypes: ZipPart = { name: '[Content_Types].xml', data: '<Types/>' };

export function makeDocx(more: readonly ZipPart[] = []): Buffer {
  const text = '<w:document><w:body><w:p><w:r><w:t>关于开展燃气安全检查的通知</w:t></w:r></w:p></w:body></w:document>';
  return makeZip([contentTypes, { name: 'word/document.xml', data: text }, ...more]);
}

export const makeXlsx = (sheet: ZipPart = { name: 'xl/worksheets/sheet1.xml', data: '<worksheet/>' }) =>
  makeZip([contentTypes, { name: 'xl/workbook.xml', data: '<workbook/>' }, sheet]);

export function makePdf(objects = ''): Buffer {
  return Buffer.from(
    `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n${objects}\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n`,
    'latin1',
  );
}

export function makeWav(samples = 800): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 128)]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

export function makeMp4(film = Buffer.alloc(5000, 7)): Buffer {
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
    box('moov', box('mvhd', Buffer.alloc(100))),
    box('mdat', film),
  ]);
}

/** Frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes each. */
export function makeMp3(frames = 12): Buffer {
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9000, 0);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** The head of a Windows program, as long as a small one. */
export function makeExe(): Buffer {
  const program = Buffer.alloc(4096);
  program.write('MZ', 0, 'latin1');
  program.writeUInt32LE(0x80, 0x3c);
  program.write('PE\0\0', 0x80, 'latin1');
  return program;
}
