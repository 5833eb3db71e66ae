import type pg from 'pg';
import { newId } from '../../id.ts';

/** What is needed of a running application, with the owner's connection to look behind the curtain. */
type TestApp = { url: string; owner: pg.Pool };

export type Said = { status: number; body: Record<string, unknown>; code: string; details: Record<string, unknown>; setCookie: string };
type Fault = { code: string; details: Record<string, unknown> };

export const published = 'Vigil-2026';

async function said(response: Response): Promise<Said> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown> & { fault?: Fault };
  const setCookie = response.headers.getSetCookie()[0] ?? '';
  return { status: response.status, body, code: body.fault?.code ?? '', details: body.fault?.details ?? {}, setCookie };
}

/** Anybody before the door: signs in with whatever is given. */
export async function knock(app: TestApp, body: Record<string, unknown>): Promise<Said> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'test-door' };
  return said(await fetch(`${app.url}/api/session`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

export type Guest = {
  get(path: string, headers?: Record<string, string>): Promise<Said>;
  post(path: string, input?: Record<string, unknown>, request?: string): Promise<Said>;
  leave(): Promise<Said>;
};

/** Somebody with a cookie or a token. */
export function guest(app: TestApp, headers: Record<string, string>): Guest {
  const call = async (path: string, init: RequestInit = {}) =>
    said(
      await fetch(`${app.url}/api/${path}`, {
        redirect: 'manual',
        ...init,
        headers: { ...headers, ...(init.headers as Record<string, string>) },
      }),
    );
  return {
    get: (path, more = {}) => call(path, { headers: more }),
    post: (path, input = {}, request = newId()) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ request, input }) }),
    leave: () => call('session', { method: 'DELETE' }),
  };
}

export const cookieOf = (answer: Said) => answer.setCookie.split(';')[0] ?? '';

/** Signs in and goes in. @throws Error when refused */
export async function enter(app: TestApp, login: string, password = published, code?: string): Promise<Guest> {
  const answer = await knock(app, { login, password, ...(code === undefined ? {} : { code }) });
  if (answer.status !== 200) throw new Error(`${login} was refused: ${answer.code}`);
  return guest(app, { cookie: cookieOf(answer) });
}

export type Row = { name: string; subject: string | null; actor: string | null; data: Record<string, unknown> };

/** The ledger's rows of a name, oldest first, as the owner sees them. */
export async function ledger(app: TestApp, name: string): Promise<Row[]> {
  return (await app.owner.query('select name, subject, actor, data from kernel.event where name = $1 order by event.seq', [name]))
    .rows as Row[];
}

export async function personOf(app: TestApp, login: string): Promise<string> {
  const found = await app.owner.query('select person from kernel.account where login = $1', [login]);
  return (found.rows[0] as { person: string }).person;
}

export const minutes = (n: number) => n * 60_000;
export const hours = (n: number) => n * 3_600_000;
export const days = (n: number) => n * 86_400_000;
