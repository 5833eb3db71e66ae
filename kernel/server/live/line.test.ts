import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { alreadySeen, type Line, mostUnsent, release, send } from './line.ts';
import { reachOf } from './reach.ts';

/** A browser that has not taken `unsent` bytes yet. */
function makeLine(unsent: number) {
  const sent: string[] = [];
  const state = { destroyed: false };
  const response = { write: (text: string) => sent.push(text), writableLength: unsent, destroy: () => (state.destroyed = true) };
  const line: Line = {
    request: {} as FastifyRequest,
    session: '',
    person: '',
    persons: [],
    units: [],
    reach: reachOf({ person: '', name: '', title: '', grants: [] }),
    held: undefined,
    seen: undefined,
    unread: undefined,
    checkAt: 0,
    response: response as unknown as ServerResponse,
  };
  return { line, sent, state };
}

it('cuts off who reads too slowly, and nobody else', () => {
  const quick = makeLine(mostUnsent);
  expect([send(quick.line, 'a'), quick.state.destroyed]).toEqual([true, false]);
  const slow = makeLine(mostUnsent + 1);
  expect([send(slow.line, 'a'), slow.state.destroyed]).toEqual([false, true]);
});

it('holds back what happens while the past is sent', () => {
  const { line, sent } = makeLine(0);
  line.held = [];
  send(line, 'b');
  send(line, 'c');
  expect(sent).toEqual([]);
  release(line);
  send(line, 'd');
  expect(sent).toEqual(['bc', 'd']);
});

it('passes over what another process has sent, up to that place', () => {
  const { line } = makeLine(0);
  line.seen = { tx: '10', seq: '5' };
  expect(alreadySeen(line, { tx: '9', seq: '99' })).toBe(true);
  expect(alreadySeen(line, { tx: '10', seq: '5' })).toBe(true);
  expect(alreadySeen(line, { tx: '10', seq: '6' })).toBe(false);
  expect(line.seen).toBeUndefined();
});
