import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { makePhoto } from '#test/photo.ts';
import { blobPath } from './blob.ts';
import { orphanChore } from './orphans.ts';
import { makeDocx, makeExe, makeMp4, makePdf, makeXlsx, makeZip } from './sample-files.ts';

let app: TestApp;
let grid: Client;
beforeAll(async () => {
  app = await startTestApp();
  grid = await app.as('quancheng-grid');
});
afterAll(() => app.stop());

type Said = { id: string; sha256: string; name: string; type: string; size: number; width: number | null; height: number | null };
type Answer = { status: number; body: Said & { fault?: { code: string; details: Record<string, unknown> } } };
type Sent = { name?: string; type?: string; fields?: Record<string, string>; client?: Client };

async function send(bytes: Buffer, { name = 'a.jpg', type = 'image/jpeg', fields = {}, client = grid }: Sent = {}): Promise<Answer> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const response = await client.raw('/api/files', { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** Everything that is stored: rows, and files under the data folder. */
async function stored(): Promise<{ rows: number; files: string[] }> {
  const rows = await app.owner.query<{ n: number }>('select count(*)::int as n from kernel.file');
  const folder = join(app.config.dataDir, 'files');
  const files: string[] = [];
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    if ((await stat(join(folder, name))).isFile()) files.push(name);
  }
  return { rows: rows.rows[0]?.n ?? 0, files: files.sort() };
}

/** Sends what must be refused, and sees that nothing was stored. */
async function refused(bytes: Buffer, sent: Sent = {}): Promise<[number, string | undefined]> {
  const before = await stored();
  const { status, body } = await send(bytes, sent);
  expect(await stored()).toEqual(before);
  return [status, body.fault?.code];
}

const takenOf = async (id: string) =>
  (await app.owner.query<{ taken: Record<string, unknown> }>('select taken from kernel.file where id = $1', [id])).rows[0]?.taken;

describe('a photograph', () => {
  it('is turned upright, made smaller, stripped, and stored under the hash of what is stored', async () => {
    const camera = await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#2b8a3e' } })
      .withExif({
        IFD0: { Make: 'HUAWEI' },
        IFD2: { DateTimeOriginal: '2026:11:23 14:05:09' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 39/1 5724/100', GPSLongitudeRef: 'E', GPSLongitude: '117/1 1/1 2316/100' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const taken = { deviceTime: '2026-11-23T14:05:10+08:00', source: 'camera', gps: { lng: 117.02, lat: 36.66, accuracy: 8 } };
    const { status, body } = await send(camera, { name: '现场.JPG', fields: { taken: JSON.stringify(taken) } });
    expect([status, body]).toMatchObject([200, { name: '现场.jpg', type: 'image/jpeg', width: 1920, height: 2560 }]);
    const bytes = await readFile(blobPath(app.config, body.sha256));
    expect(bytes.length).toBe(body.size);
    const { exif, orientation, width } = await sharp(bytes).metadata();
    expect([exif, orientation, width]).toEqual([undefined, undefined, 1920]);
    expect(await takenOf(body.id)).toMatchObject({
      ...taken,
      exif: { time: '2026-11-23T14:05:09', make: 'HUAWEI', gps: { lng: 117.0231, lat: 36.6659 } },
      original: { size: camera.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('leaves a ledger row without its name or place', async () => {
    const { body } = await send(await makePhoto(1), { name: '张三家.jpg' });
    const rows = await app.owner.query<{ name: string; data: Record<string, unknown> }>(
      'select name, data from kernel.event where subject = $1',
      [body.id],
    );
    expect(rows.rows).toMatchObject([{ name: 'files.added', data: { sha256: body.sha256, type: 'image/jpeg', source: 'unknown' } }]);
    expect(JSON.stringify(rows.rows)).not.toContain('张三');
  });

  it('loses what is hidden in or behind it', async () => {
    const hidden = makeZip([{ name: 'evil.html', data: '<script>alert(1)</script>' }]);
    const photo = await makePhoto(2);
    for (const behind of [hidden, Buffer.from('<html><script>alert(1)</script>'), makeExe(), makePdf()]) {
      const { status, body } = await send(Buffer.concat([photo, behind]));
      expect(status).toBe(200);
      const bytes = await readFile(blobPath(app.config, body.sha256));
      expect(bytes.includes('<script>') || bytes.includes('PK\x05\x06') || bytes.includes('%PDF')).toBe(false);
      expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
    }
  });

  it('sent twice is one file, and the same picture is stored once', async () => {
    const id = newId();
    const photo = await makePhoto(3);
    const first = await send(photo, { fields: { id } });
    const second = await send(photo, { fields: { id } });
    expect(first.body.id).toBe(id);
    expect(second).toEqual(first);
    const before = await stored();
    const other = await send(photo, { client: await app.as('quancheng-officer') });
    expect(other.body.sha256).toBe(first.body.sha256);
    expect(await stored()).toEqual({ rows: before.rows + 1, files: before.files });
  });

  it('does not take an id that is used for another, by anybody', async () => {
    const id = newId();
    await send(await makePhoto(4), { fields: { id } });
    const before = await stored();
    expect((await send(await makePhoto(5), { fields: { id } })).body.fault?.code).toBe('files.id_used');
    expect((await send(await makePhoto(4), { fields: { id }, client: await app.as('baotu-officer') })).body.fault?.code).toBe(
      'files.id_used',
    );
    expect((await stored()).rows).toBe(before.rows);
  });

  it('uploaded by many at once is stored whole for each', async () => {
    const photo = await makePhoto(6);
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(photo)));
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((one) => one.body.sha256)).size).toBe(1);
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(8);
  });
});

describe('other files', () => {
  it('are kept byte by byte', async () => {
    for (const [bytes, name, type] of [
      [makeDocx(), '通知.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
      [makePdf(), '报告.pdf', 'application/pdf'],
      [makeMp4(), '录像.mp4', 'video/mp4'],
      [Buffer.from('单位,数量\n泉城路,3\n'), '台账.csv', 'text/csv; charset=utf-8'],
    ] as const) {
      const { status, body } = await send(bytes, { name, type: 'application/octet-stream' });
      expect([status, body]).toMatchObject([200, { name, type, size: bytes.length, width: null }]);
      expect((await readFile(blobPath(app.config, body.sha256))).equals(bytes)).toBe(true);
    }
  });
});

describe('refused, with nothing stored', () => {
  it('a picture of 10,000 × 10,000 pixels', async () => {
    const huge = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#fff' }, limitInputPixels: false })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(huge.length).toBeLessThan(1_000_000);
    expect(await refused(huge)).toEqual([422, 'files.pixels']);
  });

  it('a picture that is cut off, or only pretends', async () => {
    const photo = await makePhoto(7);
    expect(await refused(photo.subarray(0, photo.length - 200))).toEqual([422, 'files.damaged']);
    expect(await refused(Buffer.concat([photo.subarray(0, 20), Buffer.alloc(500, 1)]))).toEqual([422, 'files.damaged']);
    const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(500)]);
    expect(await refused(heic, { name: 'IMG_1.HEIC' })).toEqual([415, 'files.heic']);
  });

  it('a program named like a picture, a page, a script, an archive', async () => {
    expect(await refused(makeExe(), { name: '现场.jpg' })).toEqual([415, 'files.type']);
    expect(await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), { name: 'a.svg', type: 'image/svg+xml' })).toEqual([
      415,
      'files.type',
    ]);
    expect(await refused(Buffer.from('<!doctype html><script>1</script>'), { name: 'a.html' })).toEqual([415, 'files.type']);
    expect(await refused(Buffer.from('alert(1)'), { name: 'a.js' })).toEqual([415, 'files.type']);
    expect(await refused(makeZip([{ name: 'a.txt', data: 'a' }]), { name: 'a.docx' })).toEqual([415, 'files.type']);
  });

  it('a zip bomb in a workbook', async () => {
    const bomb = makeXlsx({ name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(40 * 1_048_576) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refused(bomb, { name: '台账.xlsx' })).toEqual([422, 'files.bomb']);
  });

  it('two files in one', async () => {
    const both = Buffer.concat([makePdf(), makeZip([{ name: 'a.html', data: '<script>' }])]);
    expect(await refused(both, { name: 'a.pdf' })).toEqual([422, 'files.mixed']);
  });

  it('what is too large for its kind, though a film might be larger', async () => {
    const photo = await makePhoto(8);
    const large = Buffer.concat([photo, Buffer.alloc(21 * 1_048_576)]);
    expect(await refused(large)).toEqual([413, 'files.too_large']);
    expect(await refused(Buffer.concat([makePdf(), Buffer.alloc(51 * 1_048_576)]), { name: 'a.pdf' })).toEqual([413, 'files.too_large']);
  });

  it('an empty file, none, two', async () => {
    expect(await refused(Buffer.alloc(0))).toEqual([422, 'files.empty']);
    const form = new FormData();
    form.set('taken', '{}');
    const none = await grid.raw('/api/files', { method: 'POST', body: form });
    expect([none.status, ((await none.json()) as Answer['body']).fault?.code]).toEqual([422, 'files.none']);
    const before = await stored();
    const two = new FormData();
    for (const n of [20, 21]) two.append('file', new Blob([new Uint8Array(await makePhoto(n))]), `${n}.jpg`);
    const both = await grid.raw('/api/files', { method: 'POST', body: two });
    expect(((await both.json()) as Answer['body']).fault?.code).toBe('files.one_only');
    expect(await stored()).toEqual(before);
  });

  it('what says impossible things of its taking', async () => {
    const photo = await makePhoto(9);
    for (const taken of ['not json', '{"gps":{"lng":200,"lat":1}}', '{"source":"dream"}', '{"deviceTime":"yesterday"}', '{"more":1}']) {
      expect(await refused(photo, { fields: { taken } })).toEqual([422, 'input.invalid']);
    }
    expect(await refused(photo, { fields: { id: 'abc' } })).toEqual([422, 'input.invalid']);
  });

  it('a request that is no form, or ends in the middle', async () => {
    const post = async (body: BodyInit, type: string) => {
      const before = await stored();
      const response = await grid.raw('/api/files', { method: 'POST', headers: { 'content-type': type }, body });
      expect(await stored()).toEqual(before);
      return [response.status, ((await response.json()) as Answer['body']).fault?.code];
    };
    expect(await post('{}', 'application/json')).toEqual([415, 'input.type']);
    expect(await post('x', 'multipart/form-data')).toEqual([400, 'files.incomplete']);
    const cut = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n\xff\xd8\xff';
    expect(await post(cut, 'multipart/form-data; boundary=b')).toEqual([400, 'files.incomplete']);
  });

  it('somebody who has not signed in', async () => {
    expect((await send(await makePhoto(10), { client: app.anon })).body.fault?.code).toBe('auth.required');
  });
});

describe('contents that nobody refers to', () => {
  it('are removed after a day, those in use never', async () => {
    const { body: kept } = await send(await makePhoto(11));
    const { body: lost } = await send(await makePhoto(12));
    await app.owner.query('delete from kernel.file where id = $1', [lost.id]);
    await orphanChore.run(app.runtime);
    expect((await stat(blobPath(app.config, lost.sha256))).isFile()).toBe(true);
    app.travel(2 * 86_400_000);
    await orphanChore.run(app.runtime);
    app.travel(-2 * 86_400_000);
    await expect(stat(blobPath(app.config, lost.sha256))).rejects.toThrow('ENOENT');
    expect((await stat(blobPath(app.config, kept.sha256))).isFile()).toBe(true);
  });

  it('rows that are never used are listed for the administrator, without their names', async () => {
    const { body } = await send(await makePhoto(13), { name: '身份证.jpg' });
    await app.owner.query(`update kernel.file set at = at - interval '8 days' where id = $1`, [body.id]);
    const admin = await app.as('sysadmin');
    const answer = await admin.get<{ items: { id: string }[]; total: number }>('files.loose');
    expect(answer.body.items.map((one) => one.id)).toContain(body.id);
    expect(JSON.stringify(answer.body)).not.toContain('身份证');
    expect((await grid.get('files.loose')).body.fault?.code).toBe('auth.forbidden');
  });
});
