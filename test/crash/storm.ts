import type pg from 'pg';

export type Sent = { id: string; request: string; acked: boolean };

export async function signIn(url: string, login: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (response.status !== 200) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

/** Hazards that wait to be assigned by the officer of 泉城路街道. */
export async function plant(owner: Pick<pg.Client, 'query'>, many: number): Promise<string[]> {
  const made = await owner.query<{ id: string }>(
    `insert into inspection.hazard (id, grade, category, description, code, title, state, level, org, line, starter, owner_unit, owner_role, opened_at, entered_at, due, next_at, course)
     select gen_random_uuid(), 'general', 'safety', '崩溃试验', 'CR' || nextval('inspection.hazard_no'), '崩溃试验', 'found', 3, u.id, 'fire', gen_random_uuid(), u.id, 'officer', now(), now(), now() + interval '1 day', null,
       '{"trail":[{"state":"found","owner":null,"at":"2026-01-01T00:00:00Z"}],"hands":{},"sign":null,"asked":[],"last":null,"urgedAt":null}'
     from generate_series(1, $1) cross join (select id from org.unit where code = '370102004') u returning id`,
    [many],
  );
  return made.rows.map((row) => row.id);
}

/** Whether the server acknowledged it within eight seconds. */
export async function assign(url: string, cookie: string, sent: Sent): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/inspection.hazard.assign`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({
        request: sent.request,
        id: sent.id,
        input: { requirement: '崩溃试验整改', rectifier: '0190b000-0000-7000-8000-000000000010' },
      }),
      signal: AbortSignal.timeout(8000),
    });
    return response.status === 200;
  } catch {
    return false;
  }
}
