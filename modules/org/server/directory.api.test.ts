import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Owner } from '#kernel/permission.ts';
import { kyselyOn, PipelinedClient, type Tx } from '#kernel/server/db/pool.ts';
import type { Named } from '#kernel/server/directory.ts';
import { startTestApp, type TestApp } from '#test/app.ts';
import { fixture, fixturePerson, type Login } from '../fixture.ts';
import { orgDirectory as book } from './directory.ts';
import { emergencyBureau, lineDepartments, postsInUnit, unitsByCode } from './public.ts';

let app: TestApp;
let client: PipelinedClient;
let tx: Tx;
let units: Map<string, number>;
const now = new Date();
const soon = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const at = (code: string): number => {
  const id = units.get(code);
  if (id === undefined) throw new Error(`no unit ${code}`);
  return id;
};
const names = (found: readonly Named[]) => found.map((one) => one.name);
const nameOf = (login: Login) => fixturePerson(login).name;

/** As the application's own role and as nobody: what the directory answers then, it answers in anybody's transaction. */
beforeAll(async () => {
  app = await startTestApp();
  client = new PipelinedClient(app.database.app);
  await client.connect();
  tx = { client, db: kyselyOn(client) };
  units = new Map(
    (await app.owner.query<{ code: string; id: number }>('select code, id from org.unit')).rows.map((row) => [row.code, row.id]),
  );
});
afterAll(async () => {
  await client.end();
  await app.stop();
});

const who = async (login: Login, when = now) => {
  const principal = await book.findPrincipal(tx, fixture.person(login), when);
  if (!principal) throw new Error(`${login} is nobody`);
  return principal;
};
const above = async (owner: Owner | null, rung: 1 | 2, area = 'lixia') =>
  names(await book.superiors(tx, owner, at(area === 'lixia' ? fixture.units.quancheng : fixture.units.city), rung, now));

describe('principal', () => {
  test('a scope is the subtree of the area: city 178 areas, 历下区 14, a town one', async () => {
    expect((await who('city-leader')).grants[0]?.orgs).toHaveLength(178);
    expect((await who('lixia-officer')).grants[0]?.orgs).toHaveLength(14);
    const town = (await who('quancheng-officer')).grants[0];
    expect(town).toMatchObject({ role: 'officer', orgs: [at(fixture.units.quancheng)], lines: null, party: null, behalf: null });
  });
  test('a department is bound to its lines, an emergency bureau is not, an enterprise reaches no area', async () => {
    expect((await who('lixia-zhujian')).grants.map((grant) => grant.lines)).toEqual([['construction']]);
    expect((await who('lixia-leader')).grants[0]?.lines).toBeNull();
    expect((await who('mall-manager')).grants).toMatchObject([{ role: 'enterprise', orgs: [], unit: null, party: fixture.site }]);
  });
  test('several posts of one person are several grants, the main one first', async () => {
    const { grants, title } = await who('lixia-officer');
    expect(grants.map((grant) => grant.unit)).toEqual([at(fixture.units.lixiaBureau), at(fixture.units.lixia)]);
    expect(title).toBe('历下区应急局安全生产科科长');
  });
  test('orgs are sorted, and nobody is found for an unknown person', async () => {
    const orgs = (await who('city-leader')).grants[0]?.orgs ?? [];
    expect(orgs).toEqual([...orgs].sort((a, b) => a - b));
    expect(await book.findPrincipal(tx, '00000000-0000-7000-8000-000000000009', now)).toBeUndefined();
  });
  test('a post counts only while it is in force', async () => {
    expect((await who('quancheng-officer', new Date('2024-06-01'))).grants).toEqual([]);
  });
});

describe('superiors', () => {
  const person = (login: Login): Owner => ({ person: fixture.person(login) });
  test('town officer → town leader → district emergency bureau', async () => {
    expect(await above(person('quancheng-officer'), 1)).toEqual([nameOf('quancheng-leader')]);
    expect((await above(person('quancheng-officer'), 2))[0]).toBe(nameOf('lixia-leader'));
  });
  test('a role in a unit climbs like a person in it', async () => {
    const unit = at(fixture.units.quancheng);
    expect(await above({ unit, role: 'officer' }, 1)).toEqual([nameOf('quancheng-leader')]);
    expect((await above({ unit, role: 'leader' }, 1))[0]).toBe(nameOf('lixia-leader'));
  });
  test('who leads a unit is answered for from above it, never by themselves', async () => {
    expect((await above(person('quancheng-leader'), 1))[0]).toBe(nameOf('lixia-leader'));
    const own = await above(person('lixia-leader'), 1);
    expect(own).not.toContain(nameOf('lixia-leader'));
    expect((await above(person('lixia-leader'), 2))[0]).toBe(nameOf('city-leader'));
    expect(await above(person('city-leader'), 1)).toEqual([nameOf('mayor')]);
    expect(await above(person('mayor'), 1)).toEqual([]);
  });
  test('a department answers to its own leader, then to the emergency bureau of its government', async () => {
    const first = await above(person('lixia-zhujian'), 1);
    expect(first).toHaveLength(1);
    expect((await above(person('lixia-zhujian'), 2))[0]).toBe(nameOf('lixia-leader'));
  });
  test('an enterprise and a matter without owner are answered for by the territory', async () => {
    expect(await above({ party: true, role: 'enterprise' }, 1)).toEqual([nameOf('quancheng-leader')]);
    expect(await above(null, 1)).toEqual([nameOf('quancheng-leader')]);
  });
  test('every government, department and town of the city finds somebody on both rungs, the top aside', async () => {
    const found = await app.owner.query<{ code: string }>(
      `select u.code from org.unit u where u.kind in ('government', 'zone', 'town', 'department') and u.code not in ('jn', 'jn.yjj')
       and (not exists (select from org.superiors(null, u.id, 'officer', u.area, 1, now())) or not exists (select from org.superiors(null, u.id, 'officer', u.area, 2, now())))`,
    );
    expect(found.rows).toEqual([]);
  });
});

describe('holders and names', () => {
  test('holders of a role in a unit, of a role at a supervised object, one person', async () => {
    expect(names(await book.holders(tx, { unit: at(fixture.units.quancheng), role: 'officer' }, null, now))).toEqual([
      nameOf('quancheng-officer'),
    ]);
    expect(names(await book.holders(tx, { party: true, role: 'enterprise' }, fixture.site, now))).toEqual([nameOf('mall-manager')]);
    expect(names(await book.holders(tx, { person: fixture.person('mayor') }, null, now))).toEqual([nameOf('mayor')]);
    expect(await book.holders(tx, { unit: at(fixture.units.quancheng), role: 'auditor' }, null, now)).toEqual([]);
  });
  test('every town and every department has an officer and a leader to hand things to', async () => {
    const bare = await app.owner.query<{ code: string }>(
      `select u.code from org.unit u cross join unnest(array['leader', 'officer']) role where u.kind in ('town', 'department', 'government', 'zone')
       and not exists (select from org.holders(null, u.id, case when u.kind = 'town' or u.kind = 'department' then role else 'leader' end, null, now()))`,
    );
    expect(bare.rows).toEqual([]);
  });
  test('names and titles, nothing else; unknown ids are left out', async () => {
    expect(await book.personNames(tx, [fixture.person('mayor'), '00000000-0000-7000-8000-000000000009'])).toEqual([
      { id: fixture.person('mayor'), name: nameOf('mayor'), title: '济南市副市长' },
    ]);
    expect(await book.unitNames(tx, [at(fixture.units.lixia), 999_999])).toEqual([
      { id: at(fixture.units.lixia), name: '济南市历下区人民政府', short: '历下区' },
    ]);
  });
});

describe('delegation', () => {
  const give = (from: Login, to: Login, hours: [number, number]) =>
    app.owner.query<{ id: string }>(
      'insert into org.delegation (id, from_person, to_person, from_at, to_at, reason) values (gen_random_uuid(), $1, $2, $3, $4, $5) returning id',
      [fixture.person(from), fixture.person(to), soon(hours[0]), soon(hours[1]), '出差'],
    );
  test('while it is in force the stand-in holds the posts of the absent, marked; before and after not; one level only', async () => {
    const { rows } = await give('quancheng-leader', 'quancheng-officer', [1, 5]);
    await give('quancheng-officer', 'quancheng-grid', [10, 12]);
    expect((await who('quancheng-officer')).grants.some((grant) => grant.behalf !== null)).toBe(false);
    const during = (await who('quancheng-officer', soon(2))).grants;
    expect(during.filter((grant) => grant.behalf !== null)).toMatchObject([
      { role: 'leader', unit: at(fixture.units.quancheng), behalf: fixture.person('quancheng-leader') },
    ]);
    expect(during[0]?.behalf).toBeNull();
    expect((await who('quancheng-officer', soon(6))).grants).toHaveLength(1);
    expect((await who('quancheng-grid', soon(11))).grants.map((grant) => grant.role)).toEqual(['grid', 'officer']);
    const held = await book.holders(tx, { unit: at(fixture.units.quancheng), role: 'leader' }, null, soon(2));
    expect(names(held)).toEqual([nameOf('quancheng-leader'), nameOf('quancheng-officer')]);
    expect(names(await book.superiors(tx, { unit: at(fixture.units.quancheng), role: 'officer' }, null, 1, soon(2)))).toContain(
      nameOf('quancheng-officer'),
    );
    await app.owner.query('update org.delegation set revoked_at = $2 where id = $1', [rows[0]?.id, soon(1.5)]);
    expect((await who('quancheng-officer', soon(2))).grants).toHaveLength(1);
  });
  test('nobody delegates twice at a time, stands in while away, or gives away what they hold for another', async () => {
    await give('lixia-leader', 'lixia-officer', [0, 24]);
    await expect(give('lixia-leader', 'lixia-duty', [23, 30])).rejects.toMatchObject({ code: 'VG015' });
    await expect(give('lixia-officer', 'lixia-duty', [5, 6])).rejects.toMatchObject({ code: 'VG015' });
    await expect(give('lixia-duty', 'lixia-leader', [5, 6])).rejects.toMatchObject({ code: 'VG015' });
    await give('lixia-leader', 'lixia-duty', [24, 30]);
  });
  test('administrators neither delegate nor stand in', async () => {
    await expect(give('secadmin', 'city-officer', [0, 2])).rejects.toMatchObject({ code: 'VG014' });
    await expect(give('city-officer', 'auditor', [0, 2])).rejects.toMatchObject({ code: 'VG014' });
  });
});

describe('the public functions for higher modules', () => {
  const asLogin = async <T>(login: Login, fn: (tx: Tx) => Promise<T>): Promise<T> => {
    const { guardOf } = await import('#kernel/server/db/transaction.ts');
    return app.runtime.db.read(guardOf(await who(login)), fn);
  };
  test('a town is supervised by the departments of its district, the nearest level that has any', async () => {
    const found = await asLogin('quancheng-officer', (t) => lineDepartments(t, at(fixture.units.quancheng), 'construction'));
    expect(found.map((one) => one.code)).toEqual([fixture.units.lixiaConstruction]);
    const city = await asLogin('city-officer', (t) => lineDepartments(t, at(fixture.units.city), 'railway'));
    expect(city.map((one) => one.code)).toEqual(['jn.jtj']);
    expect(await asLogin('city-officer', (t) => lineDepartments(t, at(fixture.units.city), 'nonsense'))).toEqual([]);
  });
  test('emergency bureau, units by code, posts in a unit', async () => {
    await asLogin('quancheng-officer', async (t) => {
      expect((await emergencyBureau(t, at(fixture.units.quancheng)))?.code).toBe(fixture.units.lixiaBureau);
      expect((await unitsByCode(t)).size).toBe(578);
      expect(await postsInUnit(t, fixture.person('lixia-officer'), at(fixture.units.lixia), now)).toBe(true);
      expect(await postsInUnit(t, fixture.person('lixia-officer'), at(fixture.units.baotu), now)).toBe(false);
    });
  });
});
