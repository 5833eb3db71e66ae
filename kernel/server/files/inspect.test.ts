import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { isFault } from '#kernel/fault.ts';
import { inspect } from './inspect.ts';
import { makeDocx, makeExe, makeMp3, makeMp4, makePdf, makeWav, makeXlsx, makeZip } from './sample-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The type it is taken for, or the code of the refusal. */
async function judge(bytes: Buffer, name: string): Promise<string> {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  const file = await open(path, 'r');
  try {
    return (await inspect(file, bytes.length, name)).type;
  } catch (error) {
    if (isFault(error)) return error.code;
    throw error;
  } finally {
    await file.close();
  }
}

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const zipped = makeZip([{ name: 'evil.html', data: '<script>alert(1)</script>' }]);

describe('what is accepted, whatever it is called', () => {
  it('pictures, documents, texts and recordings', async () => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    expect(await judge(png, 'a.exe')).toBe('image/png');
    expect(await judge(makePdf(), 'a.jpg')).toBe('application/pdf');
    expect(await judge(makeDocx(), '通知.docx')).toBe(word);
    expect(await judge(makeXlsx(), 'a')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(await judge(makeMp4(), 'a.mp4')).toBe('video/mp4');
    expect(await judge(makeWav(), 'a.wav')).toBe('audio/wav');
    expect(await judge(makeMp3(), 'a.mp3')).toBe('audio/mpeg');
  });

  it('texts in UTF-8 and in GB18030', async () => {
    expect(await judge(Buffer.from('单位,隐患数\n泉城路街道,3\n'), '台账.csv')).toBe('text/csv; charset=utf-8');
    expect(await judge(Buffer.from([0xd2, 0xfe, 0xbb, 0xbc]), '隐患.txt')).toBe('text/plain; charset=gb18030');
  });
});

describe('what is refused', () => {
  it('programs, pages and archives under any name', async () => {
    expect(await judge(makeExe(), '照片.jpg')).toBe('files.type');
    expect(await judge(Buffer.from('\x7fELF\x02\x01\x01\0'.padEnd(64, '\0'), 'latin1'), 'a.pdf')).toBe('files.type');
    expect(await judge(zipped, 'a.docx')).toBe('files.type');
    expect(await judge(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'a.svg')).toBe('files.type');
    expect(await judge(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.txt')).toBe('files.type');
    expect(await judge(Buffer.from('\ufeff  <!DOCTYPE html><p>'), 'a.txt')).toBe('files.type');
    expect(await judge(Buffer.from('alert(1)'), 'a.js')).toBe('files.type');
    expect(await judge(Buffer.from('#!/bin/sh\nrm -rf /\n'), 'a.txt')).toBe('files.type');
    expect(await judge(Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 'a.gif')).toBe('files.type');
  });

  it('old or encrypted Office files', async () => {
    const compound = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(1024)]);
    expect(await judge(compound, '报告.doc')).toBe('files.office_old');
  });

  it('texts that are none', async () => {
    expect(await judge(Buffer.from([0x61, 0x00, 0x62]), 'a.txt')).toBe('files.text');
    expect(await judge(Buffer.from([0xc3, 0x28, 0x20]), 'a.txt')).toBe('files.text');
  });

  it('documents with macros or programs in them', async () => {
    expect(await judge(makeDocx([{ name: 'word/vbaProject.bin', data: 'x' }]), 'a.docx')).toBe('files.active');
    expect(await judge(makeDocx([{ name: 'word/embeddings/setup.exe', data: 'x' }]), 'a.docx')).toBe('files.active');
  });
});

describe('zip bombs', () => {
  const zeros = Buffer.alloc(20 * 1_048_576);

  it('that say how large they are', async () => {
    expect(await judge(makeXlsx({ name: 'xl/worksheets/sheet1.xml', data: zeros }), 'a.xlsx')).toBe('files.bomb');
  });

  it('that say they are small', async () => {
    expect(await judge(makeXlsx({ name: 'xl/worksheets/sheet1.xml', data: zeros, claim: { size: 100 } }), 'a.xlsx')).toBe('files.bomb');
  });

  it('whose entries share their bytes', async () => {
    const shared = { name: 'word/b.xml', data: 'x'.repeat(4000), claim: { at: 0 } };
    expect(await judge(makeDocx([shared]), 'a.docx')).toBe('files.bomb');
  });

  it('of very many entries', async () => {
    const many = Array.from({ length: 5001 }, (_, i) => ({ name: `word/${i}.xml`, data: '' }));
    expect(await judge(makeDocx(many), 'a.docx')).toBe('files.bomb');
  });

  it('and entries that lead out of their folder, twice the same, or encrypted', async () => {
    expect(await judge(makeDocx([{ name: '../../etc/cron.d/x', data: 'x' }]), 'a.docx')).toBe('files.damaged');
    expect(await judge(makeDocx([{ name: 'WORD/document.xml', data: 'x' }]), 'a.docx')).toBe('files.damaged');
    expect(await judge(makeDocx([{ name: 'word/x.xml', data: 'x', claim: { flags: 1 } }]), 'a.docx')).toBe('files.damaged');
  });
});

describe('two files in one', () => {
  it('a document with something before, behind or between', async () => {
    const docx = makeDocx();
    expect(await judge(Buffer.concat([docx, Buffer.from('<script>')]), 'a.docx')).toBe('files.mixed');
    expect(await judge(Buffer.concat([docx.subarray(0, 4), docx]), 'a.docx')).toMatch(/files\.(mixed|damaged|bomb)/);
    expect(await judge(Buffer.concat([docx, zipped]), 'a.docx')).toBe('files.mixed');
  });

  it('a PDF that is also an archive or a page', async () => {
    expect(await judge(Buffer.concat([makePdf(), zipped]), 'a.pdf')).toBe('files.mixed');
    expect(await judge(makePdf('<html><script>alert(1)</script></html>'), 'a.pdf')).toBe('files.mixed');
    expect(await judge(Buffer.concat([makePdf(), Buffer.from('<script>')]), 'a.pdf')).toBe('files.mixed');
    expect(await judge(Buffer.concat([Buffer.from('<html>'), makePdf()]), 'a.pdf')).toMatch(/^files\.(type|damaged|mixed)$/);
  });

  it('a recording with an archive behind it', async () => {
    expect(await judge(Buffer.concat([makeMp4(), zipped]), 'a.mp4')).toBe('files.mixed');
    expect(await judge(Buffer.concat([makeWav(), zipped]), 'a.wav')).toBe('files.mixed');
    expect(await judge(Buffer.concat([makeMp3(), zipped]), 'a.mp3')).toBe('files.mixed');
    expect(await judge(Buffer.concat([makeWav(), Buffer.from('MZ and more of it')]), 'a.wav')).toBe('files.mixed');
  });
});

describe('PDF with scripts', () => {
  it('in the open, spelled with numbers, or packed away', async () => {
    expect(await judge(makePdf('3 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj'), 'a.pdf')).toBe('files.active');
    expect(await judge(makePdf('3 0 obj<</S/J#61vaScript/JS(app.alert(1))>>endobj'), 'a.pdf')).toBe('files.active');
    expect(await judge(makePdf('3 0 obj<</S/Launch/F(cmd.exe)>>endobj'), 'a.pdf')).toBe('files.active');
    const packed = deflateSync(Buffer.from('4 0 <</S /JavaScript /JS (app.alert(1))>>')).toString('latin1');
    const stream = `3 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${packed.length}>>\nstream\n${packed}\nendstream endobj`;
    expect(await judge(makePdf(stream), 'a.pdf')).toBe('files.active');
  });

  it('a PDF whose pages merely mention such words in packed text is accepted', async () => {
    const packed = deflateSync(Buffer.from('BT (the word /JavaScript in a page) Tj ET')).toString('latin1');
    expect(await judge(makePdf(`3 0 obj<</Length ${packed.length}/Filter/FlateDecode>>stream\n${packed}\nendstream endobj`), 'a.pdf')).toBe(
      'application/pdf',
    );
  });
});

describe('whatever comes in', () => {
  it('cut off anywhere it is refused with a code, or is text that was cut', async () => {
    for (const [bytes, name] of [
      [makeDocx(), 'a.docx'],
      [makePdf(), 'a.pdf'],
      [makeMp4(), 'a.mp4'],
      [makeWav(), 'a.wav'],
    ] as const) {
      for (let cut = 1; cut < bytes.length - 2; cut += Math.ceil(bytes.length / 25)) {
        expect(`${name} ${cut} ${await judge(bytes.subarray(0, cut), name)}`).toMatch(/files\.\w+$/);
      }
    }
  });

  it('changed anywhere it is judged, never an unexpected error', async () => {
    const samples = [
      makeDocx(),
      makeXlsx(),
      makePdf('3 0 obj<</Type/ObjStm>>stream\nabc\nendstream endobj'),
      makeMp4(),
      makeMp3(),
      makeWav(),
    ];
    const change = fc.record({
      sample: fc.nat(samples.length - 1),
      bytes: fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(255)), { minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ sample, bytes }) => {
        const file = Buffer.from(samples[sample] ?? []);
        for (const [at, value] of bytes) file[at % file.length] = value;
        expect(await judge(file, 'a.txt')).toMatch(/^(files\.\w+|\w+\/[\w.+-]+(; charset=[\w-]+)?)$/);
      }),
      { numRuns: 400 },
    );
  });
});
