import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { fixture, type Login } from '../fixture.ts';
import type { DelegationLine } from '../schema.ts';
import { codeOf } from './duty-test-kit.ts';

let app: TestApp;
const as = (login: Login): Promise<Client> => app.as(login);
const hour = 3_600_000;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('delegation through the API', () => {
  const delegate = async (login: Login, input: Record<string, unknown>) =>
    (await as(login)).post<{ id: string }>('org.delegate', { input: { reason: '外出培训', ...input } });
  const until = new Date(Date.now() + 5 * 24 * hour).toISOString();
  test('given, listed on both sides, revoked by either', async () => {
    const given = await delegate('quancheng-leader', { to: fixture.person('quancheng-officer'), until });
    expect(given.status).toBe(200);
    const mine = async (login: Login) =>
      (await (await as(login)).get<{ given: DelegationLine[]; received: DelegationLine[] }>('org.delegations')).body;
    expect((await mine('quancheng-leader')).given).toMatchObject([{ inForce: true, reason: '外出培训' }]);
    expect((await mine('quancheng-officer')).received).toHaveLength(1);
    expect(await mine('baotu-officer')).toEqual({ given: [], received: [] });
    expect(codeOf(await (await as('baotu-officer')).post('org.delegationRevoke', { input: { id: given.body.id } }))).toBe(
      'org.delegation_unknown',
    );
    expect((await (await as('quancheng-officer')).post('org.delegationRevoke', { input: { id: given.body.id } })).status).toBe(200);
    expect((await mine('quancheng-leader')).given).toMatchObject([{ inForce: false }]);
  });
  test('what makes no sense is refused', async () => {
    expect(codeOf(await delegate('lixia-leader', { to: fixture.person('lixia-leader'), until }))).toBe('org.delegate_self');
    expect(
      codeOf(await delegate('lixia-leader', { to: fixture.person('lixia-officer'), until: new Date(Date.now() - 1000).toISOString() })),
    ).toBe('org.period');
    expect(codeOf(await delegate('secadmin', { to: fixture.person('lixia-officer'), until }))).toBe('org.delegate_admin');
    expect(codeOf(await delegate('lixia-leader', { to: fixture.person('auditor'), until }))).toBe('org.delegate_admin');
    expect(codeOf(await delegate('lixia-leader', { to: newId(), until }))).toBe('person.unknown');
    expect(codeOf(await delegate('quancheng-officer', { to: fixture.person('mall-manager'), until }))).toBe('org.delegate_apart');
    expect(codeOf(await delegate('mall-manager', { to: fixture.person('quancheng-officer'), until }))).toBe('person.unknown');
  });
});
