import type { Plan } from './plan.ts';

export const unitTestFile = ({ module, noun }: Plan): string => `import { describe, expect, it } from 'vitest';
import type { Principal, Role } from '#kernel/permission.ts';
import { anyWorkflow } from '#kernel/workflow.ts';
import { available } from '#kernel/workflow-moves.ts';
import { emptyCourse, type Matter } from '#kernel/workflow-step.ts';
import { ${noun} } from './${noun}.workflow.ts';

const now = new Date('2026-03-02T01:00:00Z');
const area = 7;

const holding = (person: string, role: Role, unit = area): Principal => ({
  person,
  name: person,
  title: '',
  grants: [{ post: person, role, unit, orgs: [unit], lines: null, party: null, behalf: null }],
});

/** A record on which \`doer\` has reported that it is done. */
function reported(doer: string): Matter {
  return {
    id: '0190c000-0000-7000-8000-000000000001',
    code: 'X',
    title: '',
    state: 'checking',
    version: 2,
    owner: { unit: area, role: 'leader' },
    starter: doer,
    due: null,
    enteredAt: now,
    ladder: 0,
    course: { ...emptyCourse(), trail: [{ state: 'doing', owner: null, at: now.toISOString() }, { state: 'checking', owner: null, at: now.toISOString() }], hands: { submit: [doer] } },
    org: area,
    line: null,
    party: null,
  };
}

const actions = (matter: Matter, who: Principal) =>
  available(anyWorkflow(${noun}), matter, who, now)
    .filter((one) => !one.move)
    .map((one) => one.action);

describe('${module}.${noun}', () => {
  it('is confirmed or returned by a leader of the area', () => {
    expect(actions(reported('doer'), holding('leader', 'leader'))).toEqual(['confirm', 'refuse', 'cancel']);
  });

  it('is never confirmed by whoever carried it out', () => {
    expect(actions(reported('leader'), holding('leader', 'leader'))).toEqual(['cancel']);
  });

  it('is out of reach for a leader of another area and for another role', () => {
    expect(actions(reported('doer'), holding('stranger', 'leader', area + 1))).toEqual([]);
    expect(actions(reported('doer'), holding('officer', 'officer'))).toEqual([]);
  });
});
`;

export const apiTestFile = ({ module, noun }: Plan): string => `import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { MatterRecord } from '#kernel/matter-contract.ts';
import { fixture } from '#modules/org/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';

type Acted = { id: string; code: string; state: string; version: number };
type List = { items: { id: string }[]; total: number };
const kind = '${module}.${noun}';
let app: TestApp;
let officer: Client;
let leader: Client;
let outsider: Client;
let org: number;

beforeAll(async () => {
  app = await startTestApp();
  [officer, leader, outsider] = [await app.as('quancheng-officer'), await app.as('quancheng-leader'), await app.as('baotu-officer')];
  const areas = await officer.get<{ items: { id: number; code: string }[] }>('org.units', { text: '泉城路' });
  org = areas.body.items.find((unit) => unit.code === fixture.units.quancheng)?.id ?? 0;
});
afterAll(() => app.stop());

const act = (client: Client, action: string, id: string, input: Record<string, unknown> = {}) =>
  client.post<Acted>(\`\${kind}.\${action}\`, { id, input });
const listed = async (client: Client) => (await client.get<List>('matter.list', { kind, limit: 200 })).body.items.map((item) => item.id);

async function open(more: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  const answer = await act(officer, 'open', id, { org, title: '检查消防栓', description: '逐个开启并记录水压', ...more });
  expect(answer.body).toMatchObject({ id, state: 'doing', version: 1 });
  return id;
}

describe(kind, () => {
  it('goes from opened to closed through two people, each step in the ledger', async () => {
    const id = await open();
    expect((await act(officer, 'submit', id, { result: '全部合格' })).body).toMatchObject({ state: 'checking' });
    expect((await act(leader, 'confirm', id)).body).toMatchObject({ state: 'closed' });
    const record = (await leader.get<MatterRecord>('matter.get', { kind, id })).body;
    expect(record.fields).toMatchObject({ result: '全部合格' });
    expect(record.timeline.map((row) => row.name)).toEqual(['open', 'submit', 'confirm'].map((action) => \`\${kind}.\${action}\`));
  });

  it('comes back to the officers when it is returned', async () => {
    const id = await open();
    await act(officer, 'submit', id, { result: '大部分合格' });
    expect((await act(leader, 'refuse', id, { reason: '请补齐其余记录' })).body).toMatchObject({ state: 'doing' });
    const record = (await officer.get<MatterRecord>('matter.get', { kind, id })).body;
    expect(record.allowed.map((one) => one.action)).toContain('submit');
  });

  it('is seen by those of the area, and neither seen nor touched by anybody else', async () => {
    const id = await open();
    expect(await listed(officer)).toContain(id);
    expect(await listed(outsider)).not.toContain(id);
    expect((await outsider.get('matter.get', { kind, id })).body.fault?.code).toBe('record.not_found');
    expect((await act(outsider, 'submit', id, { result: '越权尝试' })).body.fault?.code).toBe('record.not_found');
  });

  it('refuses a deadline in the past, and stores nothing', async () => {
    const id = newId();
    const answer = await act(officer, 'open', id, { org, title: '检查消防栓', description: '逐个开启', due: '2020-01-01T00:00:00Z' });
    expect([answer.status, answer.body.fault?.code]).toEqual([422, '${noun}.due_past']);
    expect(await listed(officer)).not.toContain(id);
  });
});
`;
