import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { newId } from '#kernel/id.ts';
import { peek, postmasterOf, verifyLedger } from './peek.ts';
import { assign, plant, type Sent, signIn } from './storm.ts';
import { freePort, waitReady } from './wait.ts';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const lanes = 8;
const perRound = 400;

export type CrashReport = {
  rounds: number;
  sent: number;
  acknowledged: number;
  unanswered: number;
  lost: number;
  doubled: number;
  ledgerExit: number;
  slowestReadyMs: number;
};

type Running = { child: ChildProcess; url: string; readyMs: number };

async function startServer(dataDir: string): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, [main, 'serve', '--demo'], {
    env: { ...process.env, VIGIL_PORT: String(port), VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'fatal', DATABASE_URL: '' },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  return { child, url, readyMs: await waitReady(url, child, 240_000) };
}

/** A connection of the test's own; the blow may fall on it too, which is no failure of the test. */
function lookerOn(owner: pg.ClientConfig): pg.Client {
  const client = new pg.Client(owner);
  client.on('error', () => undefined);
  return client;
}

/** Concurrent actions until the blow falls; whatever was not acknowledged is remembered to be sent again. */
async function storm(url: string, cookie: string, ids: readonly string[], killed: () => boolean): Promise<Sent[]> {
  const all: Sent[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let id = ids[next++]; id !== undefined && !killed(); id = ids[next++]) {
        const sent = { id, request: newId(), acked: false };
        all.push(sent);
        sent.acked = await assign(url, cookie, sent);
      }
    }),
  );
  return all;
}

async function count(owner: pg.Client, requests: readonly string[]): Promise<Map<string, number>> {
  const found = await owner.query<{ request: string; n: number }>(
    'select request, count(*)::int as n from kernel.event where request = any($1::uuid[]) group by request',
    [requests],
  );
  return new Map(found.rows.map((row) => [row.request, row.n]));
}

/**
 * `rounds` times: a whole server (and, in every second round, its database) is killed with SIGKILL amid concurrent
 * actions, started again, and what was not acknowledged is sent again under the same request ids.
 */
export async function crashRounds(rounds: number, password: string): Promise<CrashReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigil-crash-'));
  const report: CrashReport = { rounds, sent: 0, acknowledged: 0, unanswered: 0, lost: 0, doubled: 0, ledgerExit: -1, slowestReadyMs: 0 };
  let running = await startServer(dataDir);
  try {
    for (let round = 0; round < rounds; round++) {
      running = await oneRound(running, dataDir, round, password, report);
    }
    running.child.kill('SIGINT');
    await new Promise((resolve) => running.child.once('exit', resolve));
    report.ledgerExit = verifyLedger(dataDir);
    return report;
  } finally {
    running.child.kill('SIGKILL');
    await killLeftover(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Whatever went wrong, no database of the test's is left running; one that is gone already is fine. */
async function killLeftover(dataDir: string): Promise<void> {
  const pid = await postmasterOf(dataDir);
  try {
    if (pid > 1) process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}

async function oneRound(running: Running, dataDir: string, round: number, password: string, report: CrashReport): Promise<Running> {
  const cookie = await signIn(running.url, 'quancheng-officer', password);
  const { owner, postmaster } = await peek(dataDir);
  const before = lookerOn(owner);
  await before.connect();
  const ids = await plant(before, perRound);
  await before.end();
  let killed = false;
  const work = storm(running.url, cookie, ids, () => killed);
  await new Promise((resolve) => setTimeout(resolve, 300 + ((round * 97) % 700)));
  killed = true;
  const gone = new Promise((resolve) => running.child.once('exit', resolve));
  running.child.kill('SIGKILL');
  if (round % 2 === 1) process.kill(postmaster, 'SIGKILL');
  const sent = await work;
  await gone;
  const again = await startServer(dataDir);
  report.slowestReadyMs = Math.max(report.slowestReadyMs, again.readyMs);
  const fresh = await signIn(again.url, 'quancheng-officer', password);
  await settle(again.url, fresh, dataDir, sent, report);
  return again;
}

async function settle(url: string, cookie: string, dataDir: string, sent: readonly Sent[], report: CrashReport): Promise<void> {
  const open = lookerOn((await peek(dataDir)).owner);
  await open.connect();
  const stood = await count(
    open,
    sent.map((one) => one.request),
  );
  report.sent += sent.length;
  report.acknowledged += sent.filter((one) => one.acked).length;
  report.lost += sent.filter((one) => one.acked && !stood.has(one.request)).length;
  for (const one of sent.filter((each) => !each.acked)) {
    report.unanswered++;
    if (!(await assign(url, cookie, one))) throw new Error(`the repeated request ${one.request} was refused`);
  }
  const after = await count(
    open,
    sent.map((one) => one.request),
  );
  report.doubled += [...after.values()].filter((n) => n > 1).length;
  report.lost += sent.filter((one) => !after.has(one.request)).length;
  const twice = await open.query('select 1 from inspection.hazard where id = any($1::uuid[]) and version <> 2', [
    sent.map((one) => one.id),
  ]);
  report.doubled += twice.rowCount ?? 0;
  await open.end();
}
