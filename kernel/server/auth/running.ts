import { fault } from '../../fault.ts';
import type { Principal } from '../../permission.ts';
import type { Runtime } from '../context.ts';
import type { Known } from './session-cache.ts';

/** Which session, in which running server, a principal came with. */
export type Running = { runtime: Runtime; known: Known };

const calls = new WeakMap<Principal, Running>();
let latest: Runtime | undefined;

/** Handlers are plain data, made before any server runs: this is how they reach its configuration and the caller's session. */
export function setRuntime(runtime: Runtime): void {
  latest = runtime;
}

export function setRunning(running: Running): void {
  calls.set(running.known.principal, running);
}

export function findRunning(who: Principal): Running | undefined {
  return calls.get(who);
}

/** @throws fault auth.required when the principal did not come through a sign-in of this process */
export function getRunning(who: Principal): Running {
  const running = calls.get(who);
  if (!running) throw fault('auth.required');
  return running;
}

/** The server of a call that may come without a sign-in. */
export function runtimeOf(who: Principal): Runtime {
  const runtime = calls.get(who)?.runtime ?? latest;
  if (!runtime) throw new Error('no server is running');
  return runtime;
}
