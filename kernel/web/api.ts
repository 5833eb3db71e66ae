import type { ActionContract, InputOfContract, OutputOf, QueryContract } from '../contract.ts';
import { newId } from '../id.ts';
import { ApiFault, isPassing } from './api-fault.ts';
import { lost, reached, whileSending } from './network.ts';
import { noteSignedOut } from './query-client.ts';
import { getName } from './registry.ts';

/** What a workflow start or action answers. */
export type Acted = { id: string; code: string; state: string; version: number; due: string | null };

/** `version`: what the person was looking at. `request`: given when a submission is tried again, so that it counts once. */
export type Act = { id: string; version?: number; input?: unknown; request?: string };

const tries = [0, 800, 2500];
const waitMs = 20_000;

/** A declared action by its contract, or any by its full name. Sent again with the same id while the line fails. */
export function call<C extends ActionContract>(contract: C, input: InputOfContract<C>, request?: string): Promise<OutputOf<C>>;
export function call<O = unknown>(name: string, input: unknown, request?: string): Promise<O>;
export function call(contract: ActionContract | string, input: unknown, request: string = newId()): Promise<unknown> {
  return post(`/api/${typeof contract === 'string' ? contract : getName(contract)}`, { request, input });
}

/** A declared query by its contract, or any by its full name. Empty fields are left out of the address. */
export function query<C extends QueryContract>(contract: C, input: Partial<InputOfContract<C>>, signal?: AbortSignal): Promise<OutputOf<C>>;
export function query<O = unknown>(name: string, input: Record<string, unknown>, signal?: AbortSignal): Promise<O>;
export function query(contract: QueryContract | string, input: Record<string, unknown>, signal?: AbortSignal): Promise<unknown> {
  const name = typeof contract === 'string' ? contract : getName(contract);
  const search = new URLSearchParams(
    Object.entries(input).flatMap(([key, value]) => (value === undefined || value === null || value === '' ? [] : [[key, String(value)]])),
  );
  return send('GET', search.size > 0 ? `/api/${name}?${search}` : `/api/${name}`, undefined, signal);
}

/** Starts a matter or acts on one: `act('inspection.hazard', 'assign', { id, version, input })`. */
export function act(kind: string, action: string, what: Act): Promise<Acted> {
  const { id, version, input, request = newId() } = what;
  return post(`/api/${kind}.${action}`, { request, id, ...(version === undefined ? {} : { version }), input: input ?? {} });
}

/** For the few calls that are no contract: the session. */
export function post<O>(path: string, body: unknown): Promise<O> {
  return whileSending(async () => {
    for (const [i, wait] of tries.entries()) {
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      try {
        return await send<O>('POST', path, body);
      } catch (error) {
        noteSignedOut(error);
        if (!isPassing(error) || i === tries.length - 1) throw error;
      }
    }
    throw new ApiFault('network.unreachable', {}, undefined, 0);
  });
}

export async function send<O>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown, signal?: AbortSignal): Promise<O> {
  const answer = await reach(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(waitMs)]) : AbortSignal.timeout(waitMs),
  });
  return read<O>(answer);
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(path, { credentials: 'same-origin', ...init });
    reached(answer);
    return answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    lost();
    throw new ApiFault('network.unreachable', {}, undefined, 0);
  }
}

async function read<O>(answer: Response): Promise<O> {
  const text = await answer.text();
  const body = parse(text, answer.status);
  if (answer.ok) return body as O;
  throw faultOf(body, answer.status);
}

function parse(text: string, status: number): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A proxy between us and the server speaks HTML.
    throw new ApiFault('network.answer', { status }, undefined, status);
  }
}

/** Reads `{fault: {code, details, request}}`. */
export function faultOf(body: unknown, status: number): ApiFault {
  const said = (body as { fault?: { code?: unknown; details?: unknown; request?: unknown } } | undefined)?.fault;
  if (typeof said?.code !== 'string') return new ApiFault('network.answer', { status }, undefined, status);
  const details = typeof said.details === 'object' && said.details !== null ? (said.details as Record<string, unknown>) : {};
  return new ApiFault(said.code, details, typeof said.request === 'string' ? said.request : undefined, status);
}
