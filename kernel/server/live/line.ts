import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../permission.ts';
import { guardOf } from '../db/transaction.ts';
import type { Position } from '../ledger.ts';
import { notAfter } from './position.ts';
import { type Reach, reachOf } from './reach.ts';

/** Somebody who reads slower than this many unsent bytes is cut off; the browser comes back and resumes. */
export const mostUnsent = 256 * 1024;

/** One open feed. */
export type Line = {
  readonly request: FastifyRequest;
  readonly session: string;
  person: string;
  /** The person and those stood in for. */
  persons: readonly string[];
  /** Units of the posts: what waits for a role there is seen wherever it lies. */
  units: readonly number[];
  reach: Reach;
  /** What is held back while the past is being replayed. */
  held: string[] | undefined;
  /** Already seen over another process: rows up to here are not sent again. */
  seen: Position | undefined;
  unread: number | undefined;
  /** When the session's posts are looked at anew, in milliseconds of the process's own clock. */
  checkAt: number;
  readonly response: ServerResponse;
};

/** Takes the connection over from Fastify and sends the head. */
export function openLine(request: FastifyRequest, reply: FastifyReply, principal: Principal, session: string, checkAt: number): Line {
  reply.hijack();
  const response = reply.raw;
  // The server's idle limit would cut a quiet feed between two heartbeats.
  request.raw.socket.setTimeout(0);
  request.raw.socket.setNoDelay(true);
  response.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': request.id,
    connection: 'keep-alive',
  });
  const line = {
    request,
    session,
    person: '',
    persons: [],
    units: [],
    reach: reachOf(principal),
    held: [],
    seen: undefined,
    unread: undefined,
  };
  return setPrincipal({ ...line, checkAt, response }, principal);
}

export function setPrincipal(line: Line, principal: Principal): Line {
  line.person = principal.person;
  const { persons, units } = guardOf(principal);
  line.persons = persons;
  line.units = units;
  line.reach = reachOf(principal);
  return line;
}

/** Sends, or keeps for later while the past is replayed. @returns false when the reader is too slow and was cut off */
export function send(line: Line, text: string): boolean {
  if (line.held) {
    line.held.push(text);
    return true;
  }
  line.response.write(text);
  if (line.response.writableLength <= mostUnsent) return true;
  line.response.destroy();
  return false;
}

/** The past has been sent: what came meanwhile follows. */
export function release(line: Line): void {
  const held = line.held ?? [];
  line.held = undefined;
  if (held.length > 0) send(line, held.join(''));
}

/** Was this row already sent to this browser by another process? */
export function alreadySeen(line: Line, at: Position): boolean {
  if (line.seen === undefined) return false;
  if (notAfter(at, line.seen)) return true;
  line.seen = undefined;
  return false;
}
