import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditRow, Verdict } from '#kernel/audit-contract.ts';
import { startTestApp, type TestApp } from '#test/app.ts';
import { sealLedger } from './seal.ts';
import { verifyChore } from './verify-chore.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

type Page = { items: AuditRow[]; next: string | null };

describe('the audit trail', () => {
  it('is for the auditor alone', async () => {
    for (const login of ['sysadmin', 'secadmin', 'city-leader', 'quancheng-officer'] as const) {
      const answer = await (await app.as(login)).get('audit.events');
      expect([login, answer.status, answer.body.fault?.code]).toEqual([login, 403, 'auth.forbidden']);
    }
    expect((await app.anon.get('audit.events')).status).toBe(401);
  });

  it('shows who signed in, and that the auditor has looked', async () => {
    const auditor = await app.as('auditor');
    await app.as('quancheng-officer');
    const { body } = await auditor.get<Page>('audit.events', { name: 'session.' });
    expect(body.items.some((row) => row.name === 'session.opened' && row.actorName !== '')).toBe(true);
    const again = await auditor.get<Page>('audit.events', { name: 'audit.events' });
    expect(again.body.items[0]).toMatchObject({ name: 'audit.events', data: { name: 'session.' } });
  });

  it('is paged without a gap or a repetition, newest first', async () => {
    const auditor = await app.as('auditor');
    const to = new Date().toISOString();
    const all = (await auditor.get<Page>('audit.events', { limit: 500, to })).body.items;
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const { body } = await auditor.get<Page>('audit.events', { limit: 3, to, before });
      seen.push(...body.items.map((row) => row.seq));
      before = body.next ?? undefined;
    } while (before !== undefined);
    expect(all.length).toBeGreaterThan(6);
    expect(seen).toEqual(all.map((row) => row.seq));
    expect([...all].sort((a, b) => (a.at < b.at ? 1 : -1)).map((row) => row.seq)).toEqual(seen);
  });

  it('refuses times and places that cannot be', async () => {
    const auditor = await app.as('auditor');
    const day = '2026-02-30T00:00:00.000000Z_1';
    for (const query of [
      { from: '0000-01-01T00:00:00Z' },
      { to: 'yesterday' },
      { before: day },
      { before: 'x' },
      { org: 1e12 },
      { person: 'x' },
    ]) {
      expect((await auditor.get('audit.events', query)).body.fault?.code).toBe('input.invalid');
    }
  });

  it('can be narrowed to a person', async () => {
    const auditor = await app.as('auditor');
    const { body } = await auditor.get<Page>('audit.events', { name: 'session.opened' });
    const person = body.items.find((row) => row.actor !== null)?.actor ?? '';
    const mine = await auditor.get<Page>('audit.events', { person });
    expect(mine.body.items.length).toBeGreaterThan(0);
    for (const row of mine.body.items) expect([row.actor, row.behalf, row.subject ?? '']).toContain(person);
  });

  it('tells how the ledger is sealed and what the daily verification found', async () => {
    const auditor = await app.as('auditor');
    // A transaction of another database on the same server may hold new rows back for a moment.
    await expect.poll(() => sealLedger(app.runtime), { timeout: 20_000 }).toBeGreaterThan(0);
    await verifyChore.run(app.runtime);
    const { body } = await auditor.get<{ head: { n: number } | null; verdict: Verdict | null }>('audit.sealing');
    expect(body.head?.n).toBeGreaterThan(0);
    expect(body.verdict).toMatchObject({ ok: true, damage: [] });
    const rows = (await auditor.get<Page>('audit.events', { name: 'audit.verified' })).body.items;
    expect(rows[0]).toMatchObject({ actor: null, data: { ok: true } });
  });
});
