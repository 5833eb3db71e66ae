import { open, rm } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { fault } from '../../fault.ts';
import { type StoredFile, type StoredTaken, takenSchema } from '../../file-contract.ts';
import { isId, newId } from '../../id.ts';
import type { Principal } from '../../permission.ts';
import type { Runtime } from '../context.ts';
import type { Tx } from '../db/pool.ts';
import { guardOf } from '../db/transaction.ts';
import { sendEvent } from '../ledger.ts';
import { parseWith } from '../parse.ts';
import { lockBlob, newIncoming, placeBlob, requireSpace, sha256Of, writeDurably } from './blob.ts';
import { makeGate } from './gate.ts';
import { redraw } from './image.ts';
import { inspect } from './inspect.ts';
import { safeName } from './names.ts';
import { correctUpload, countUpload } from './quota.ts';
import { largest, type Received, receive, type Upload } from './receive.ts';

/** Opened pictures and documents take memory; two at a time. */
const gate = makeGate(2);

const fieldsSchema = z.strictObject({
  id: z
    .string()
    .refine((id) => isId(id))
    .optional(),
  taken: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(takenSchema)
    .optional(),
});
type Fields = z.output<typeof fieldsSchema>;

/** Ready to be put in its place. `path` holds exactly what will be stored. */
type Ready = Omit<StoredFile, 'id'> & { path: string; taken: StoredTaken };

/** Receives, looks at and stores one file. Nothing is left behind when it is refused. */
export async function upload(runtime: Runtime, who: Principal, request: FastifyRequest): Promise<StoredFile> {
  const { config } = runtime;
  await requireSpace(config);
  const declared = request.headers['content-length'];
  const counted = declared === undefined ? largest : Number(declared);
  await countUpload(runtime, who, counted);
  const [incoming, redrawn] = [await newIncoming(config), await newIncoming(config)];
  try {
    const received = await receive(request, incoming);
    if (declared === undefined) await correctUpload(runtime, who, counted, received.file.size);
    const fields = parseWith(fieldsSchema, received.fields);
    const ready = await gate(() => prepare(received, fields, incoming, redrawn, request.headers['user-agent']));
    return await store(runtime, who, fields.id ?? newId(), ready);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? fault('files.no_space') : error;
  } finally {
    await Promise.all([incoming, redrawn].map((path) => rm(path, { force: true })));
  }
}

/** Stores bytes the server itself brings (imports, demonstration), through the same checks as an upload. */
export async function keepFile(
  runtime: Runtime,
  who: Principal,
  bytes: Buffer,
  name: string,
  taken: z.output<typeof takenSchema>,
): Promise<StoredFile> {
  const { config } = runtime;
  const [incoming, redrawn] = [await newIncoming(config), await newIncoming(config)];
  try {
    await writeDurably(incoming, bytes);
    const file = { size: bytes.length, sha256: sha256Of(bytes), name };
    return await store(runtime, who, newId(), await prepare({ file, fields: {} }, { taken }, incoming, redrawn, undefined));
  } finally {
    await Promise.all([incoming, redrawn].map((path) => rm(path, { force: true })));
  }
}

async function prepare({ file }: Upload, fields: Fields, incoming: string, redrawn: string, device: string | undefined): Promise<Ready> {
  const { type, family } = await look(incoming, file);
  const taken: StoredTaken = {
    ...fields.taken,
    original: { sha256: file.sha256, size: file.size },
    ...(device === undefined ? {} : { device: device.slice(0, 200) }),
  };
  if (family !== 'image') {
    const { sha256, size } = file;
    return { path: incoming, sha256, size, type, name: safeName(file.name, type), width: null, height: null, taken };
  }
  const picture = await redraw(incoming, type);
  await writeDurably(redrawn, picture.bytes);
  const { width, height, exif } = picture;
  const sha256 = sha256Of(picture.bytes);
  const name = safeName(file.name, picture.type);
  return { path: redrawn, sha256, size: picture.bytes.length, type: picture.type, name, width, height, taken: { ...taken, exif } };
}

async function look(path: string, { size, name }: Received) {
  const handle = await open(path, 'r');
  try {
    return await inspect(handle, size, name);
  } finally {
    await handle.close();
  }
}

/** Content first, row and ledger after; with the content's lock, so that the sweeper of unused contents does not take it away between. */
async function store(runtime: Runtime, who: Principal, id: string, ready: Ready): Promise<StoredFile> {
  return runtime.db.write(guardOf(who), async (tx) => {
    await lockBlob(tx, ready.sha256, 'store');
    await placeBlob(runtime.config, ready.path, ready.sha256);
    const { sha256, name, type, size, width, height, taken } = ready;
    const added = await tx.client.run(
      `insert into kernel.file (id, sha256, name, type, size, width, height, by, taken) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (id) do nothing`,
      [id, sha256, name, type, size, width, height, who.person, JSON.stringify(taken)],
    );
    if (added.rowCount !== 1) return repeated(tx, who, id, taken.original.sha256);
    const { deviceTime = null, source = 'unknown', original } = taken;
    // Names of files and places may be personal data; what proves which file it was is not.
    await sendEvent(tx.client, {
      name: 'files.added',
      subject: id,
      actor: who.person,
      data: { sha256, original, type, size, deviceTime, source },
    });
    return { id, sha256, name, type, size, width, height };
  });
}

/** The same file sent again is answered as the first time; another one under the same id is not. */
async function repeated(tx: Tx, who: Principal, id: string, original: string): Promise<StoredFile> {
  const found = await tx.client.run<StoredFile>(
    `select id, sha256, name, type, size, width, height from kernel.file
     where id = $1 and by = $2 and taken -> 'original' ->> 'sha256' = $3`,
    [id, who.person, original],
  );
  const [file] = found.rows;
  if (!file) throw fault('files.id_used');
  return file;
}
