import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Damage } from '#kernel/audit-contract.ts';
import { newId } from '#kernel/id.ts';
import type { Runtime } from '#kernel/server/context.ts';
import { sendEvent } from '#kernel/server/ledger.ts';
import { startTestApp, type TestApp } from '#test/app.ts';
import { auditVerify } from '../../../cli/audit.ts';
import { markOf } from './chain.ts';
import { findRowText, wholeLedger } from './row-text.ts';
import { sealLedger } from './seal.ts';
import { verifyLedger } from './verify.ts';

let app: TestApp;
let runtime: Runtime;

beforeAll(async () => {
  app = await startTestApp();
  runtime = app.runtime;
});
afterAll(() => app.stop());

async function add(rows: number): Promise<void> {
  await runtime.db.write(await runtime.system(), async ({ client }) => {
    for (let i = 0; i < rows; i++) {
      await sendEvent(client, {
        name: `test.step${i % 3}`,
        kind: 'test.thing',
        subject: newId(),
        org: i,
        from: 'a',
        to: 'b',
        data: { i, words: '现场“停用”' },
      });
    }
  });
}

const perSeal = 8;
const seals = 4;

/** Seals this many rows: a transaction of another database on the same server may hold new ones back for a moment. */
async function seal(rows: number, on = runtime): Promise<void> {
  await expect.poll(async () => (rows -= await sealLedger(on)), { timeout: 20_000, interval: 20 }).toBe(0);
}

/** The owner of the database may do anything: here it makes an empty ledger, then the application fills and seals it. */
async function makeLedger(): Promise<void> {
  await app.owner.query(`truncate kernel.event, kernel.seal; delete from kernel.cursor where name = 'seal'`);
  for (let i = 0; i < seals; i++) {
    await add(perSeal);
    await seal(perSeal);
  }
}

async function rowNumbers(): Promise<string[]> {
  const result = await app.owner.query<{ seq: string }>('select seq::text as seq from kernel.event e order by e.tx, e.seq');
  return result.rows.map((row) => row.seq);
}

const rowsSealed = async () => (await verifyLedger(runtime)).rows;
const firstDamage = async (): Promise<Damage | undefined> => (await verifyLedger(runtime)).damage[0];
const sealOf = (index: number) => Math.floor(index / perSeal) + 1;

const contents = 'name, kind, subject, org, line, party, actor, behalf, request, "from", "to", data';

/** Exchanges what two rows say; their places and times stay. */
async function exchange(a: string | undefined, b: string | undefined): Promise<void> {
  await app.owner.query(
    `update kernel.event e set (${contents}) = (select ${contents} from kernel.event o where o.seq = case e.seq when $1::bigint then $2::bigint else $1::bigint end)
     where e.seq in ($1::bigint, $2::bigint)`,
    [a, b],
  );
}

/** A row that was never written by the application, put beside an existing one. */
async function forge(beside: string | undefined): Promise<string> {
  const forged = await app.owner.query<{ seq: string }>(
    `insert into kernel.event (at, seq, tx, ${contents}) overriding system value
     select at, nextval(pg_get_serial_sequence('kernel.event', 'seq')) + 1000000, tx, ${contents} from kernel.event where seq = $1 returning seq::text`,
    [beside],
  );
  return forged.rows[0]?.seq ?? '';
}

describe('an untouched ledger', () => {
  beforeEach(makeLedger);

  it('verifies, and counts what it looked at', async () => {
    await add(3);
    expect(await verifyLedger(runtime)).toMatchObject({ ok: true, seals, rows: seals * perSeal, damage: [], backdated: [] });
    await expect.poll(async () => (await verifyLedger(runtime)).unsealed, { timeout: 10_000 }).toBe(3);
  });

  it('verifies while people work and two processes seal', async () => {
    const [verdict] = await Promise.all([verifyLedger(runtime), add(30), sealLedger(runtime), sealLedger(runtime), add(5)]);
    expect(verdict.damage).toEqual([]);
    await expect.poll(() => sealLedger(runtime).then(rowsSealed), { timeout: 10_000 }).toBe(seals * perSeal + 35);
    expect(await verifyLedger(runtime)).toMatchObject({ ok: true, rows: seals * perSeal + 35, unsealed: 0 });
  });

  it('proves that a noted head is still in the chain', async () => {
    const { head } = await verifyLedger(runtime);
    await add(5);
    await seal(5);
    expect(await verifyLedger(runtime, { head: head?.hash ?? '' })).toMatchObject({ ok: true, found: seals });
  });
});

describe('an owner of the database who tampers', () => {
  beforeEach(makeLedger);

  it('changes what a row says', async () => {
    const rows = await rowNumbers();
    await app.owner.query(`update kernel.event set data = data || '{"i": 99}' where seq = $1`, [rows[11]]);
    expect(await firstDamage()).toEqual({ what: 'row_changed', seal: 2, seq: rows[11] });
  });

  it('changes when a row was written, by a microsecond', async () => {
    const rows = await rowNumbers();
    await app.owner.query(`update kernel.event set at = at + interval '1 microsecond' where seq = $1`, [rows[3]]);
    expect(await firstDamage()).toEqual({ what: 'row_changed', seal: 1, seq: rows[3] });
  });

  it('turns an empty text into none', async () => {
    await app.owner.query(`update kernel.event set "from" = '' where "from" is null`);
    const rows = await rowNumbers();
    await app.owner.query('update kernel.event set "from" = null where seq = $1', [rows[9]]);
    expect(await firstDamage()).toMatchObject({ what: 'row_changed', seq: rows[9] });
  });

  it('removes a row in the middle, or the last of a seal', async () => {
    const rows = await rowNumbers();
    await app.owner.query('delete from kernel.event where seq = $1', [rows[15]]);
    expect(await firstDamage()).toEqual({ what: 'row_removed', seal: 2, seq: rows[15] });
    await app.owner.query('delete from kernel.event where seq = $1', [rows[4]]);
    expect(await firstDamage()).toEqual({ what: 'row_removed', seal: 1, seq: rows[4] });
  });

  it('exchanges two rows', async () => {
    const rows = await rowNumbers();
    await exchange(rows[17], rows[20]);
    expect(await firstDamage()).toEqual({ what: 'rows_reordered', seal: 3, seq: rows[17], other: rows[20] });
  });

  it('moves a row to another place in the order', async () => {
    const rows = await rowNumbers();
    await app.owner.query('update kernel.event set tx = (select max(tx) from kernel.event) where seq = $1', [rows[2]]);
    expect(await firstDamage()).toEqual({ what: 'rows_reordered', seal: 1, seq: rows[2] });
  });

  it('inserts a forged row', async () => {
    const rows = await rowNumbers();
    // Of the same transaction but with a number of its own, it lies behind the last row of that seal: at the head of the next.
    const forged = await forge(rows[19]);
    expect(await firstDamage()).toEqual({ what: 'row_inserted', seal: 4, seq: forged });
  });

  it('adds a row at the end that claims to be old', async () => {
    const rows = await rowNumbers();
    await app.owner.query(
      `insert into kernel.event (at, ${contents}) select at - interval '2 days', ${contents} from kernel.event where seq = $1`,
      [rows[5]],
    );
    await seal(1);
    const verdict = await verifyLedger(runtime);
    expect(verdict).toMatchObject({ ok: true, backdated: [{ seal: seals + 1, seq: (await rowNumbers()).at(-1) }] });
  });

  it('drops a seal in the middle, the first, or the last', async () => {
    await app.owner.query('delete from kernel.seal where n = 3');
    expect((await verifyLedger(runtime)).damage).toEqual([{ what: 'seal_missing', seal: 3 }]);
    await app.owner.query('delete from kernel.seal where n = 4');
    expect(await firstDamage()).toEqual({ what: 'seal_missing', seal: 3 });
    await makeLedger();
    await app.owner.query('delete from kernel.seal where n = 1');
    expect(await firstDamage()).toEqual({ what: 'seal_missing', seal: 1 });
  });

  it('cannot have the gap of a dropped seal sealed over', async () => {
    await app.owner.query('delete from kernel.seal where n = 4');
    await expect(sealLedger(runtime)).rejects.toThrow('seals are missing');
    expect(await firstDamage()).toEqual({ what: 'seal_missing', seal: 4 });
  });

  it('changes a seal: its hash, its link, its marks, its time, its end', async () => {
    for (const change of [
      `hash = decode(repeat('ab', 32), 'hex')`,
      `prev = decode(repeat('cd', 32), 'hex')`,
      `marks = overlay(marks placing '\\x00' from 1 for 1)`,
      `at = at + interval '1 second'`,
      'last_seq = last_seq - 1',
      'rows = rows - 1',
    ]) {
      await makeLedger();
      await app.owner.query(`update kernel.seal set ${change} where n = 2`);
      expect([change, await firstDamage()]).toEqual([change, { what: 'seal_broken', seal: 2 }]);
    }
  });

  it('changes a row and makes its mark fit', async () => {
    const rows = await rowNumbers();
    await app.owner.query(`update kernel.event set name = 'test.other' where seq = $1`, [rows[8]]);
    const text = await runtime.db.read(wholeLedger, (tx) => findRowText(tx, rows[8] ?? ''));
    await app.owner.query('update kernel.seal set marks = overlay(marks placing $1 from 1 for 8) where n = 2', [markOf(text?.text ?? '')]);
    expect(await firstDamage()).toEqual({ what: 'seal_broken', seal: 2 });
  });

  it('leaves the later seals good: each place is named once', async () => {
    const rows = await rowNumbers();
    await app.owner.query(`update kernel.event set name = 'x' where seq = any($1)`, [[rows[1], rows[30]]]);
    expect((await verifyLedger(runtime)).damage).toEqual([
      { what: 'row_changed', seal: 1, seq: rows[1] },
      { what: 'row_changed', seal: 4, seq: rows[30] },
    ]);
  });

  it('is always found, and the place is named', async () => {
    const rows = { count: seals * perSeal };
    const tampering = fc.record({
      how: fc.constantFrom('data', 'name', 'actor', 'at', 'delete', 'exchange', 'forge') as fc.Arbitrary<
        'data' | 'name' | 'actor' | 'at' | 'delete' | 'exchange' | 'forge'
      >,
      at: fc.integer({ min: 0, max: rows.count - 2 }),
      text: fc.string({ minLength: 1, unit: fc.constantFrom('a', ',', '"', '(', ')', '\n', ' ', '安', '\\') }),
    });
    await fc.assert(
      fc.asyncProperty(tampering, async ({ how, at, text }) => {
        await makeLedger();
        const numbers = await rowNumbers();
        const [seq, next] = [numbers[at], numbers[at + 1]];
        let place: string | undefined = seq;
        let seal = sealOf(at);
        if (how === 'data')
          await app.owner.query(`update kernel.event set data = data || jsonb_build_object('added', $2::text) where seq = $1`, [seq, text]);
        else if (how === 'name') await app.owner.query('update kernel.event set name = name || $2 where seq = $1', [seq, text]);
        else if (how === 'actor') await app.owner.query('update kernel.event set actor = gen_random_uuid() where seq = $1', [seq]);
        else if (how === 'at') await app.owner.query(`update kernel.event set at = at - interval '1 hour' where seq = $1`, [seq]);
        else if (how === 'delete') await app.owner.query('delete from kernel.event where seq = $1', [seq]);
        else if (how === 'exchange') await exchange(seq, next);
        else {
          // Behind the last seal it would be a new row like any other.
          fc.pre(seal < seals);
          place = await forge(seq);
          seal += 1;
        }
        const verdict = await verifyLedger(runtime);
        expect(verdict.ok).toBe(false);
        expect(verdict.damage[0]).toMatchObject({ seal, seq: place });
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

describe('with a key', () => {
  const keyed = (key: string | null): Runtime => ({ ...runtime, config: { ...runtime.config, sealKey: key } });
  const key = 'a key of the bureau, kept elsewhere';

  it('takes effect at once, and a chain rewritten without it is found', async () => {
    await makeLedger();
    const withKey = keyed(key);
    await sealLedger(withKey);
    expect(await verifyLedger(withKey)).toMatchObject({ ok: true, seals: seals + 1, unkeyed: seals });
    // Whoever owns the database but not the key changes a row and makes the whole chain anew.
    await app.owner.query(`truncate kernel.seal; delete from kernel.cursor where name = 'seal'; update kernel.event set data = '{}'`);
    await sealLedger(keyed(null));
    expect(await verifyLedger(keyed(null))).toMatchObject({ ok: true });
    expect((await verifyLedger(withKey)).damage).toEqual([{ what: 'seal_unkeyed', seal: 1 }]);
  });

  it('does not accept a seal without it after one with it, nor another key', async () => {
    await makeLedger();
    await sealLedger(keyed(key));
    await add(2);
    await seal(2, keyed(null));
    expect((await verifyLedger(keyed(key))).damage[0]).toEqual({ what: 'seal_broken', seal: seals + 2 });
    expect((await verifyLedger(keyed('some other key of the bureau'))).ok).toBe(false);
  });
});

describe('vigil audit', () => {
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const exit = await auditVerify(runtime, args, (line) => lines.push(line));
    return { exit, text: lines.join('\n') };
  };

  it('says that nothing was changed, and prints the head to note', async () => {
    await makeLedger();
    const head = await run('head');
    expect(head).toMatchObject({ exit: 0, text: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const verified = await run('verify', '--head', head.text);
    expect(verified.exit).toBe(0);
    expect(verified.text).toContain('未发现改动');
    expect(verified.text).toContain(`The noted head is seal ${seals} and still in the chain`);
  });

  it('names the first bad place in both languages', async () => {
    const rows = await rowNumbers();
    await app.owner.query('delete from kernel.event where seq = $1', [rows[10]]);
    const { exit, text } = await run();
    expect(exit).toBe(1);
    expect(text).toContain(`第 ${rows[10]} 号记录在封存后被删除（第 2 号封条）`);
    expect(text).toContain(`Row ${rows[10]} was removed after it was sealed (seal 2)`);
  });

  it('finds that a whole chain was made anew after its head was noted', async () => {
    await makeLedger();
    const head = (await run('head')).text;
    await app.owner.query(`truncate kernel.seal; delete from kernel.cursor where name = 'seal'; update kernel.event set data = '{}'`);
    await sealLedger(runtime);
    expect((await run('verify')).exit).toBe(0);
    const { exit, text } = await run('verify', '--head', head);
    expect(exit).toBe(1);
    expect(text).toContain('The noted head is not in the chain');
  });

  it('does not take anything for a head', async () => {
    expect((await run('verify', '--head', 'abc')).exit).toBe(64);
    expect((await run('prove')).exit).toBe(64);
  });
});
