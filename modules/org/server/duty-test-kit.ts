import { newId } from '#kernel/id.ts';
import { fixture, type Login } from '../fixture.ts';
import type { ShiftLine } from '../schema.ts';

const hour = 3_600_000;

type Answer<T> = { status: number; body: T & { fault?: { code: string } } };
type Client = {
  get<T>(path: string, query: Record<string, string | number>): Promise<Answer<T>>;
  post<T>(path: string, body: Record<string, unknown>): Promise<Answer<T>>;
  raw(path: string, init: RequestInit): Promise<Response>;
};
/** The part of the test application that is used here. */
type DeskApp = {
  as(login: string): Promise<Client>;
  anon: Client;
  owner: { query(text: string, values: unknown[]): Promise<{ rows: { id: number }[] }> };
  travel(ms: number): void;
};

export type Planned = { startsAt: string; endsAt: string; person: string; role: string };
export const codeOf = (answer: { body: { fault?: { code: string } } }): string | undefined => answer.body.fault?.code;

/** For tests: the city's duty desk and a plan that begins far beyond the seeded rota; times are hours of that plan. */
export type TestDesk = Awaited<ReturnType<typeof openDesk>>;

export async function openDesk(app: DeskApp) {
  const found = await app.owner.query('select id from org.unit where code = $1', [fixture.units.cityBureau]);
  const desk = found.rows[0]?.id ?? 0;
  /** 08:00 China time. */
  const base = Math.ceil(Date.now() / (24 * hour)) * 24 * hour + 100 * 24 * hour;
  const iso = (hours: number) => new Date(base + hours * hour).toISOString();
  const day = (hours: number) => new Date(base + hours * hour + 8 * hour).toISOString().slice(0, 10);
  const post = async <T>(login: Login, path: string, input: unknown) => (await app.as(login)).post<T>(path, { input });
  return {
    desk,
    base,
    iso,
    shift: (login: Login, from: number, to: number, role = 'main'): Planned => ({
      startsAt: iso(from),
      endsAt: iso(to),
      person: fixture.person(login),
      role,
    }),
    plan: (from: number, to: number, shifts: Planned[], by: Login = 'city-leader') =>
      post<{ added: number; kept: number; removed: number }>(by, 'org.shiftPlan', { desk, from: iso(from), to: iso(to), shifts }),
    rota: async (by: Login, from: number, to: number) => {
      const found = await (await app.as(by)).get<{ items: ShiftLine[] }>('org.rota', { desk, from: day(from), to: day(to) });
      return found.body.items;
    },
    at: (hours: number) => travelTo(app, base + hours * hour - Date.now()),
  };
}

/** Moves the clock; sessions end on the way, so everybody signs in anew. `back` undoes it. */
function travelTo(app: DeskApp, ms: number) {
  app.travel(ms);
  let moved = ms;
  const fresh = new Map<Login, Promise<string>>();
  const cookieOf = (login: Login) => fresh.get(login) ?? signIn(app.anon, login);
  return {
    post: async (login: Login, path: string, input: Record<string, unknown>): Promise<Answer<Record<string, unknown>>> => {
      const cookie = cookieOf(login);
      fresh.set(login, cookie);
      const answer = await send(app.anon, `/api/${path}`, { request: newId(), input }, await cookie);
      return { status: answer.status, body: (await answer.json()) as Answer<Record<string, unknown>>['body'] };
    },
    travel: (hours: number) => {
      app.travel(hours * hour);
      moved += hours * hour;
      fresh.clear();
    },
    back: () => app.travel(-moved),
  };
}

const send = (client: Client, path: string, body: unknown, cookie = '') =>
  client.raw(path, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) });

/** With the password that the demonstration publishes on its sign-in page. */
async function signIn(client: Client, login: Login): Promise<string> {
  const { body } = await client.get<{ demo: { password: string } | null }>('session.options', {});
  const response = await send(client, '/api/session', { login, password: body.demo?.password ?? '' });
  return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}
