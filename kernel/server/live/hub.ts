import type { FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '../../fault.ts';
import type { ByeReason } from '../../live-contract.ts';
import { affectsPrincipals } from '../auth/affecting.ts';
import { hearLedger } from '../auth/affects.ts';
import type { Caller } from '../caller.ts';
import type { Runtime } from '../context.ts';
import { sendGuard } from '../db/transaction.ts';
import type { LedgerEvent } from '../implement.ts';
import { ledgerEnd, type Position, readEvents } from '../ledger.ts';
import { liveClients } from '../metrics.ts';
import { wholeLedger } from '../seal/row-text.ts';
import { fanOut, readInvolved } from './fan-out.ts';
import { type Line, openLine, release, send } from './line.ts';
import { startLoop } from './loop.ts';
import { beatText, byeText, readyText, resetText } from './message.ts';
import { later, parsePosition } from './position.ts';
import { replay } from './replay.ts';
import { type LineCheck, makeLineCheck } from './sessions.ts';
import { makeUnreadWatch, type UnreadWatch } from './unread.ts';

export type LiveOptions = { pollMs?: number; beatMs?: number; mostLines?: number; mostPerPerson?: number; sessionMs?: number };

/** The live feed of one process: one reader of the ledger for everybody who is connected. */
export type Live = {
  /** Something was committed here: look at once. */
  poke: () => void;
  stop: () => Promise<void>;
  readonly clients: number;
  open: (request: FastifyRequest, reply: FastifyReply, caller: Caller) => Promise<void>;
};

const page = 500;

type Hub = {
  runtime: Runtime;
  options: Required<Omit<LiveOptions, 'sessionMs'>>;
  lines: Set<Line>;
  byPerson: Map<string, Set<Line>>;
  /** How far the ledger has been sent; undefined while nobody listens. */
  at: Position | undefined;
  unread: UnreadWatch;
  check: LineCheck;
};

export function makeLive(runtime: Runtime, options: LiveOptions = {}): Live {
  const lines = new Set<Line>();
  const hub: Hub = {
    runtime,
    options: { pollMs: 250, beatMs: 20_000, mostLines: 12_000, mostPerPerson: 20, ...options },
    lines,
    byPerson: new Map(),
    at: undefined,
    unread: makeUnreadWatch(runtime),
    check: makeLineCheck(runtime, options.sessionMs ?? 60_000, (line, why) => close(hub, line, why)),
  };
  const onError = (err: unknown) => runtime.log.warn({ err }, 'live feed: the ledger cannot be read, trying again');
  const tail = startLoop(() => turn(hub), { idleMs: hub.options.pollMs, gapMs: 20, onError });
  const beat = setInterval(() => sendBeat(hub), hub.options.beatMs).unref();
  const check = setInterval(() => hub.check.tick(lines), 1000).unref();
  return {
    poke: () => (lines.size > 0 ? tail.poke() : undefined),
    get clients() {
      return lines.size;
    },
    open: (request, reply, caller) => open(hub, request, reply, caller, tail.poke),
    stop: async () => {
      clearInterval(beat);
      clearInterval(check);
      for (const line of lines) close(hub, line, 'stop');
      await tail.stop();
    },
  };
}

/** Reads what is new and sends it. @returns whether more may be waiting */
async function turn(hub: Hub): Promise<boolean> {
  const { at, lines, runtime } = hub;
  if (lines.size === 0) {
    hub.at = undefined;
    return false;
  }
  if (at === undefined) return false;
  const system = await runtime.system();
  const [events, involved] = await runtime.db.read(wholeLedger, async (tx) => {
    const found = await readEvents(tx, at, page);
    await sendGuard(tx.client, system);
    return [found, await readInvolved(tx, found)] as const;
  });
  const last = events.at(-1);
  if (last && hub.at === at) {
    fanOut(lines, events, involved);
    hub.at = { tx: last.tx, seq: last.seq };
    hear(hub, events);
  }
  await hub.unread.look(lines, readersIn(events));
  return events.length === page;
}

/** Whose posts or sign-in may have changed by these rows is looked at anew, here and where requests are recognised. */
function hear(hub: Hub, events: readonly LedgerEvent[]): void {
  hearLedger(events);
  if (events.some(affectsPrincipals)) hub.check.hurry(hub.lines);
}

function readersIn(events: readonly LedgerEvent[]): string[] {
  return events.flatMap((event) => (event.name === 'notice.read' && event.actor !== null ? [event.actor] : []));
}

async function open(hub: Hub, request: FastifyRequest, reply: FastifyReply, caller: Caller, poke: () => void): Promise<void> {
  const { runtime, lines, options } = hub;
  if (lines.size >= options.mostLines) throw fault('server.busy');
  const started = hub.at ?? (await runtime.db.read(wholeLedger, ledgerEnd));
  hub.at ??= started;
  const from = hub.at;
  makeRoom(hub, caller.principal.person);
  const line = openLine(request, reply, caller.principal, caller.session, hub.check.next());
  remember(hub, line);
  line.response.on('close', () => forget(hub, line));
  line.response.on('error', () => forget(hub, line));
  const said = request.headers['last-event-id'];
  line.response.write(readyText(typeof said === 'string' ? undefined : from));
  if (typeof said === 'string') await resume(hub, line, caller, said, from);
  release(line);
  await hub.unread.tell([line]);
  poke();
}

/** Sends what was missed. What happens meanwhile is held back by the line and follows. */
async function resume(hub: Hub, line: Line, caller: Caller, said: string, from: Position): Promise<void> {
  const last = parsePosition(said);
  const missed = last && (await replay(hub.runtime, caller.principal, last, from).catch(() => undefined));
  if (last === undefined || missed === undefined) line.response.write(resetText(from));
  else {
    if (later(last, from) === last) line.seen = last;
    if (missed.length > 0) line.response.write(missed.join(''));
  }
}

/** A person's oldest window gives way to the newest. */
function makeRoom(hub: Hub, person: string): void {
  const mine = hub.byPerson.get(person) ?? new Set();
  for (const line of [...mine].slice(0, Math.max(0, mine.size + 1 - hub.options.mostPerPerson))) close(hub, line, 'many');
}

function close(hub: Hub, line: Line, why: ByeReason): void {
  forget(hub, line);
  line.response.end(byeText(why));
}

function remember(hub: Hub, line: Line): void {
  hub.lines.add(line);
  const mine = hub.byPerson.get(line.person) ?? new Set();
  hub.byPerson.set(line.person, mine.add(line));
  liveClients.set(hub.lines.size);
}

function forget(hub: Hub, line: Line): void {
  if (!hub.lines.delete(line)) return;
  const mine = hub.byPerson.get(line.person);
  mine?.delete(line);
  if (mine?.size === 0) hub.byPerson.delete(line.person);
  liveClients.set(hub.lines.size);
}

function sendBeat(hub: Hub): void {
  const { at } = hub;
  if (at === undefined) return;
  const text = beatText(at);
  for (const line of hub.lines) if (line.held === undefined) send(line, line.seen === undefined ? text : beatText(later(line.seen, at)));
}
