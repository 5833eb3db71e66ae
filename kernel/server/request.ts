import { fault } from '../fault.ts';
import type { PipelinedClient } from './db/pool.ts';

export type StoredRequest = { name: string; person: string | null; outcome: unknown };

export function sendReplayCheck(client: PipelinedClient, request: string): Promise<StoredRequest | undefined> {
  return client
    .run<StoredRequest>('select name, person, outcome from kernel.request where id = $1', [request])
    .then((result) => result.rows[0]);
}

/** The first outcome of a request that comes again; a fault when its id was used for something else. */
export function replayed<T>(stored: StoredRequest | undefined, name: string, person: string): T | undefined {
  if (stored === undefined) return undefined;
  if (stored.name !== name || stored.person !== person) throw fault('request.reused');
  return stored.outcome as T;
}

export async function sendRequest(client: PipelinedClient, request: string, person: string, name: string, outcome: unknown): Promise<void> {
  await client.run('insert into kernel.request (id, person, name, outcome) values ($1, $2, $3, $4)', [
    request,
    person,
    name,
    JSON.stringify(outcome),
  ]);
}
