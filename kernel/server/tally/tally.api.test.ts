import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { fixture } from '#modules/org/fixture.ts';
import { fixtureSite } from '#modules/site/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { uploadPhoto } from '#test/photo.ts';
import { invalidate } from '../auth/session-cache.ts';
import { directory } from '../directory.ts';
import { checkTally, foldTally } from './fold.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ background: false });
}, 60_000);
afterAll(() => app.stop());

const kind = 'inspection.hazard';
const workflows = () => [...app.registry.workflows.values()].map((one) => one.workflow);
type Stats = { found: number; closed: number; onTime: number; open: number; overdue: number };
const statsOf = async (client: Client, more: Record<string, string | number> = {}) => {
  const answer = await client.get<Stats & { byOrg: (Stats & { org: number })[]; byDay: { found: number }[] }>('matter.stats', {
    kind,
    from: '2024-01-01',
    to: '2027-12-31',
    ...more,
  });
  expect(answer.status).toBe(200);
  return answer.body;
};

/**
 * Random hazards at random places, changed at random: opened, moved, given other deadlines, levels, grades, closed, taken for an
 * exercise. Written past act(), by the owner: what is tried here is whether the figures follow the records whatever happens to them.
 */
async function storm(rounds: number, seed: number): Promise<void> {
  await app.owner.query(`select setseed($1)`, [seed]);
  await app.owner.query(
    `do $$
    declare areas int[] := array(select id from org.unit where kind in ('town', 'district', 'city') order by id);
      lines text[] := array['gas', 'fire', 'hazchem', null]; one uuid; r float;
    begin
      for i in 1..${rounds} loop
        r := random();
        if r < 0.3 then
          insert into inspection.hazard (id, grade, category, description, code, title, state, level, org, line, starter, opened_at, entered_at, due, exercise, course)
          values (gen_random_uuid(), case when random() < 0.2 then 'major' else 'general' end, 'fire', 'x', 'T' || gen_random_uuid(), 'x', 'found', 3,
            areas[1 + floor(random() * array_length(areas, 1))], lines[1 + floor(random() * 4)], gen_random_uuid(),
            now() - random() * interval '400 days', now(), case when random() < 0.9 then now() + (random() - 0.5) * interval '40 days' end, random() < 0.1, '{}');
        else
          select id into one from inspection.hazard order by random() limit 1;
          perform set_config('vigil.act', one::text, true);
          if r < 0.45 then update inspection.hazard set state = 'closed', closed_at = opened_at + random() * random() * interval '100 days' where id = one and closed_at is null;
          elsif r < 0.5 then update inspection.hazard set state = 'rectifying', closed_at = null where id = one;
          elsif r < 0.6 then update inspection.hazard set org = areas[1 + floor(random() * array_length(areas, 1))], line = lines[1 + floor(random() * 4)] where id = one;
          elsif r < 0.7 then update inspection.hazard set due = now() + (random() - 0.5) * interval '2 days' where id = one;
          elsif r < 0.8 then update inspection.hazard set ladder = floor(random() * 3), level = 1 + floor(random() * 4) where id = one;
          elsif r < 0.9 then update inspection.hazard set exercise = not exercise, version = version + 1 where id = one;
          elsif r < 0.95 then delete from inspection.hazard where id = one;
          else update inspection.hazard set title = title || 'y' where id = one;
          end if;
        end if;
      end loop;
    end $$`,
  );
}

/** The same figures the slow way, from the records a person sees in an area. */
async function recount(orgs: readonly number[], lines: readonly string[] | null): Promise<Stats> {
  const result = await app.owner.query<Stats>(
    `select count(*) filter (where opened_at >= '2024-01-01+08' and opened_at < '2028-01-01+08')::int as found,
      count(*) filter (where closed_at >= '2024-01-01+08' and closed_at < '2028-01-01+08')::int as closed,
      count(*) filter (where closed_at >= '2024-01-01+08' and closed_at < '2028-01-01+08' and ladder < 2)::int as "onTime",
      count(*) filter (where closed_at is null)::int as open, count(*) filter (where closed_at is null and due <= $3)::int as overdue
     from inspection.hazard where not exercise and org = any($1) and ($2::text[] is null or line = any($2))`,
    [orgs, lines, app.runtime.clock()],
  );
  return result.rows[0] as Stats;
}

const areasOf = async (client: Client) => {
  const me = await client.raw('/api/session').then((answer) => answer.json() as Promise<{ person: string }>);
  return app.runtime.db.read(await app.runtime.system(), async (tx) => {
    const who = await app.runtime.providers.use(directory).findPrincipal(tx, me.person, app.runtime.clock());
    return who?.grants.filter((grant) => grant.party === null) ?? [];
  });
};

describe('statistics kept with every step', () => {
  it('equal a full recount to the unit after ten thousand random changes, folded or not', async () => {
    const before = await checkTally(app.runtime, workflows());
    expect(before.wrong).toBe(0);
    for (const part of [1, 2]) {
      await storm(5000, part / 10);
      // Half of what happened is folded, the rest still waits: neither may matter.
      await foldTally(app.runtime, 3000);
      expect(await checkTally(app.runtime, workflows())).toMatchObject({ wrong: 0 });
    }
    while ((await foldTally(app.runtime)) > 0);
    expect((await checkTally(app.runtime, workflows())).cells).toBeGreaterThan(1000);
  }, 60_000);

  it('are for each person those of the records in their areas and lines', async () => {
    await storm(300, 0.77);
    for (const login of ['city-leader', 'lixia-leader', 'quancheng-officer', 'lixia-zhujian', 'city-officer']) {
      const client = await app.as(login);
      const grants = await areasOf(client);
      const whole = [...new Set(grants.flatMap((grant) => (grant.lines === null ? grant.orgs : [])))];
      const lined = grants.filter((grant) => grant.lines !== null);
      const expected =
        whole.length > 0 || lined.length === 0 ? await recount(whole, null) : await recount(lined[0]?.orgs ?? [], lined[0]?.lines ?? []);
      const got = await statsOf(client);
      expect({ login, ...got }).toMatchObject({ login, ...expected });
      // The parts are the whole.
      expect(got.byOrg.reduce((sum, row) => sum + row.found, 0)).toBe(got.found);
      expect(got.byOrg.reduce((sum, row) => sum + row.overdue, 0)).toBe(got.overdue);
      expect(got.byOrg.reduce((sum, row) => sum + row.open, 0)).toBe(got.open);
    }
  });

  it('can be asked for an area below, and say nothing of an area that is not ours', async () => {
    const leader = await app.as('lixia-leader');
    const all = await statsOf(leader);
    const part = all.byOrg.find((row) => row.found > 0);
    expect(part).toBeDefined();
    expect(await statsOf(leader, { org: part?.org ?? 0 })).toMatchObject({ found: part?.found, open: part?.open, overdue: part?.overdue });
    const foreign = await app.as('shuangshan-officer');
    expect(await statsOf(foreign, { org: part?.org ?? 0 })).toMatchObject({ found: 0, closed: 0, open: 0, overdue: 0 });
  });

  it('count once what somebody reaches by two posts, one within the other', async () => {
    const orgOf = async (code: string) =>
      (await app.owner.query<{ id: number }>('select id from org.unit where code = $1', [code])).rows[0]?.id ?? 0;
    const [town, district] = [await orgOf('370102004'), await orgOf('370102')];
    await app.owner.query(
      `insert into org.post (id, person, unit, title, role, scope, lines, valid_from)
       values (gen_random_uuid(), $1, $2, '燃气专班', 'officer', $2, '{gas}', now() - interval '1 day')`,
      [fixture.person('quancheng-officer'), district],
    );
    invalidate(fixture.person('quancheng-officer'));
    const got = await statsOf(await app.as('quancheng-officer'));
    const wanted = await app.owner.query<Stats>(
      `select count(*)::int as found, count(closed_at)::int as closed, count(*) filter (where closed_at is null)::int as open,
        count(*) filter (where closed_at is null and due <= $3)::int as overdue
       from inspection.hazard where not exercise and (org = $1 or (line = 'gas' and org in (select org from kernel.lies_in where within = $2)))`,
      [town, district, app.runtime.clock()],
    );
    expect(got).toMatchObject(wanted.rows[0] ?? {});
    expect(got.overdue).toBeGreaterThan(0);
    for (const name of ['found', 'closed', 'open', 'overdue'] as const)
      expect(got.byOrg.reduce((sum, row) => sum + row[name], 0)).toBe(got[name]);
  });

  it('that were tampered with are found out by the count, and put right', async () => {
    await app.owner.query(
      `update kernel.tally set found = found + 1 where ctid = (select ctid from kernel.tally where span = 'm' and found > 0 limit 1)`,
    );
    expect((await checkTally(app.runtime, workflows())).wrong).toBe(2);
    expect((await checkTally(app.runtime, workflows())).wrong).toBe(0);
    const checks = await app.owner.query<{ wrong: number }>('select wrong from kernel.tally_check order by at');
    expect(checks.rows.map((row) => row.wrong)).toContain(2);
  });

  it('follow an act in the same transaction', async () => {
    const officer = await app.as('quancheng-officer');
    const before = await statsOf(officer);
    const id = newId();
    const photo = await uploadPhoto(officer, 4711);
    const started = await officer.post(`${kind}.report`, {
      id,
      input: { site: fixtureSite, description: '通道堆放杂物', photos: [photo] },
    });
    expect(started.status).toBe(200);
    const after = await statsOf(officer);
    expect([after.found, after.open]).toEqual([before.found + 1, before.open + 1]);
  });
});
