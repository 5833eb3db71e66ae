import { createHash } from 'node:crypto';
import { fault } from '../fault.ts';
import { canonicalJson } from '../hash.ts';
import type { PipelinedClient } from './db/pool.ts';

export type StoredRequest = { name: string; person: string | null; digest: string; outcome: unknown };
type Wanted = { name: string; person: string; digest: string };

/** What a request asked for, in short: the same id with other content is another request. */
export function digestOf(...content: unknown[]): string {
  return createHash('sha256')
    .update(canonicalJson(content.map((one) => one ?? null)))
    .digest('base64url');
}

export function sendReplayCheck(client: PipelinedClient, request: string): Promise<StoredRequest | undefined> {
  return client
    .run<StoredRequest>('select name, person, digest, outcome from kernel.replay($1)', [request])
    .then((result) => result.rows[0]);
}

/** The first outcome of a request that comes again; a fault when its id was used for something else. */
export function replayed<T>(stored: StoredRequest | undefined, wanted: Wanted): T | undefined {
  if (stored === undefined) return undefined;
  if (stored.name !== wanted.name || stored.person !== wanted.person || stored.digest !== wanted.digest) throw fault('request.reused');
  return stored.outcome as T;
}

export async function sendRequest(client: PipelinedClient, request: Wanted & { id: string; outcome: unknown }): Promise<void> {
  const { id, person, name, digest, outcome } = request;
  await client.run('insert into kernel.request (id, person, name, digest, outcome) values ($1, $2, $3, $4, $5)', [
    id,
    person,
    name,
    digest,
    JSON.stringify(outcome),
  ]);
}
