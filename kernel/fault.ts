import type { Text } from './text.ts';

/** What a fault says to the caller: its code, its details, never prose (the client translates by code). */
export type FaultBody = { code: string; details: Record<string, unknown>; request?: string };

/** How a fault is declared by its owner: the HTTP status (4xx; 5xx only for our own failures) and its words. */
export type FaultDef = { status: number; text: Text };

/** A refusal with a code. Thrown anywhere, answered once at the edge; `details` fill the places in the text. */
export class Fault extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;
  constructor(code: string, details: Record<string, unknown> = {}) {
    super(`${code} ${JSON.stringify(details)}`);
    this.name = 'Fault';
    this.code = code;
    this.details = details;
  }
}

/** `throw fault('hazard.photos_missing', { need: 2 })` */
export function fault(code: string, details: Record<string, unknown> = {}): Fault {
  return new Fault(code, details);
}

export function isFault(error: unknown): error is Fault {
  return error instanceof Fault;
}

/** Declares the faults of one owner; every code starts with the owner's name. */
export function defineFaults<const F extends Record<string, FaultDef>>(faults: F): F {
  return faults;
}
