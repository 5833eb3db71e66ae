import { sql } from 'kysely';
import { z } from 'zod';
import { fault } from '../../fault.ts';
import { fileModule, loose } from '../../file-contract.ts';
import { getCaller } from '../caller.ts';
import { rows } from '../db/pool.ts';
import { nobody, sendGuard } from '../db/transaction.ts';
import { directory } from '../directory.ts';
import { handleQuery, implementModule } from '../implement.ts';
import { type Asked, download, thumb } from './download.ts';
import { orphanChore } from './orphans.ts';
import { upload } from './upload.ts';

const weekMs = 7 * 86_400_000;

type Row = { id: string; type: string; size: number; at: Date; by: string; total: number; bytes: string };

/** Lists by type, size and uploader alone: the administrator keeps house, the contents are not his business. */
const looseQuery = handleQuery(loose, async (ctx, { limit }) => {
  const since = new Date(ctx.now.getTime() - weekMs);
  const orgs = await ctx.use(directory).areas(ctx.tx);
  await sendGuard(ctx.tx.client, { ...nobody, orgs, mode: 'system' });
  const found = await rows(
    ctx.tx,
    sql<Row>`select f.id, f.type, f.size, f.at, f.by, (count(*) over ())::int as total, (sum(f.size::bigint) over ())::text as bytes
      from kernel.file f where f.at < ${since} and not exists (select 1 from kernel.attachment a where a.file = f.id)
      order by f.at, f.id limit ${limit}`,
  );
  const people = await ctx.use(directory).personNames(ctx.tx, [...new Set(found.map((row) => row.by))]);
  const names = new Map(people.map((one) => [one.id, one.name]));
  const [first] = found;
  return {
    items: found.map(({ id, type, size, at, by }) => ({ id, type, size, at: at.toISOString(), by, byName: names.get(by) ?? '' })),
    total: first?.total ?? 0,
    bytes: Number(first?.bytes ?? 0),
  };
});

/** From the field over a slow line a film takes long; a request that stands still is ended by the connection's own limit. */
const uploadMs = 15 * 60_000;
const downloadMs = 60 * 60_000;

const parameters = z.object({ id: z.uuid() });

/** Evidence: photographs, documents, recordings; stored by their hash, seen by whoever may see the matter they belong to. */
export const filesServer = implementModule({
  contract: fileModule,
  migrations: new URL('./migrations/', import.meta.url),
  queries: [looseQuery],
  chores: [orphanChore],
  routes: (http, runtime) => {
    http.post('/api/files', { handlerTimeout: uploadMs }, async (request, reply) => {
      const { principal } = getCaller(request);
      return reply.send(await upload(runtime, principal, request));
    });
    const asked = (request: Asked['request'], reply: Asked['reply']): Asked => {
      const { principal } = getCaller(request);
      const read = parameters.safeParse(request.params);
      if (!read.success) throw fault('record.not_found');
      return { id: read.data.id, who: principal, request, reply };
    };
    http.get('/api/files/:id', { handlerTimeout: downloadMs }, (request, reply) => download(runtime, asked(request, reply)));
    http.get('/api/files/:id/thumb', (request, reply) => thumb(runtime, asked(request, reply)));
  },
});
