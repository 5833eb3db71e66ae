import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { emptyCourse, type SignRound } from '#kernel/workflow-step.ts';
import type { LedgerEvent } from '../implement.ts';
import { type Subject, toldBy } from './told.ts';

const [a, b, c, starter] = [newId(), newId(), newId(), newId()] as [string, string, string, string];
const now = new Date('2026-11-23T06:00:00Z');

const subject = (more: Partial<Subject> = {}): Subject => ({
  id: newId(),
  code: 'YH261123000001',
  title: '消防通道被堵塞',
  state: 'working',
  party: null,
  owner_person: null,
  owner_unit: 7,
  owner_role: 'officer',
  due: null,
  starter,
  entered_at: now,
  closed_at: null,
  exercise: false,
  course: emptyCourse(),
  ...more,
});

const event = (
  action: string,
  data: Record<string, unknown> = {},
  from: string | null = 'found',
  to: string | null = 'working',
): LedgerEvent => ({
  tx: '1',
  seq: '1',
  at: now,
  name: `inspection.hazard.${action}`,
  kind: 'inspection.hazard',
  subject: newId(),
  org: 1,
  line: null,
  party: null,
  actor: newId(),
  behalf: null,
  request: null,
  from,
  to,
  data,
});

const round = (rule: SignRound['rule'], done: string[] = []): Subject['course'] => ({
  ...emptyCourse(),
  sign: { rule, signers: [a, b, c], done: done.map((person) => ({ person, behalf: null, at: now.toISOString() })) },
});

describe('who is told', () => {
  it('the new owner: a person, the holders of a role, those of the supervised object', () => {
    expect(toldBy(event('assign', { owner: { person: a } }), subject())).toEqual([{ why: 'owner', owner: { person: a } }]);
    expect(toldBy(event('assign', { owner: { unit: 7, role: 'leader' } }), subject())).toEqual([
      { why: 'owner', owner: { unit: 7, role: 'leader' } },
    ]);
    expect(toldBy(event('assign', { owner: { party: true, role: 'enterprise' } }), subject())).toEqual([
      { why: 'owner', owner: { party: true, role: 'enterprise' } },
    ]);
  });

  it('nobody, when nothing changed hands or the row says nonsense', () => {
    expect(toldBy(event('remark', {}, 'working', 'working'), subject())).toEqual([]);
    for (const owner of [null, 'x', 7, [], {}, { person: 7 }, { unit: 7 }, { role: 9 }]) {
      expect(toldBy(event('assign', { owner, copy: 7, signers: {}, people: null }), subject())).toEqual([]);
    }
  });

  it('the signers: all at once, or in a sequence one after the other', () => {
    const enters = event('pass', { signers: [a, b, c] });
    expect(toldBy(enters, subject({ course: round('all') }))).toEqual([{ why: 'sign', people: [a, b, c] }]);
    expect(toldBy(enters, subject({ course: round('any') }))).toEqual([{ why: 'sign', people: [a, b, c] }]);
    expect(toldBy(enters, subject({ course: round('sequence') }))).toEqual([{ why: 'sign', people: [a] }]);
    const signs = event('sign', {}, 'working', 'working');
    expect(toldBy(signs, subject({ course: round('sequence', [a]) }))).toEqual([{ why: 'sign', people: [b] }]);
    expect(toldBy(signs, subject({ course: round('all', [a]) }))).toEqual([]);
  });

  it('no signers of a round that is over', () => {
    expect(toldBy(event('pass', { signers: [a] }, 'found', 'signing'), subject({ state: 'closed', course: round('all') }))).toEqual([]);
  });

  it('those copied in, and those asked for an opinion', () => {
    expect(toldBy(event('copy', { people: [a, b], copy: [a, b] }, 'working', 'working'), subject())).toEqual([
      { why: 'copy', people: [a, b] },
    ]);
    expect(toldBy(event('consult', { person: a, question: '是否属于重大隐患？' }, 'working', 'working'), subject())).toEqual([
      { why: 'consult', people: [a] },
    ]);
  });

  it('who is waited for, when urged: owner, signers, those asked', () => {
    const course = { ...round('all', [a]), asked: [{ person: starter, by: a, at: '' }] };
    expect(toldBy(event('urge', {}, 'working', 'working'), subject({ course }))).toEqual([
      { why: 'urge', owner: { unit: 7, role: 'officer' } },
      { why: 'urge', people: [b, c, starter] },
    ]);
  });

  it('the owner, when the opinion has come', () => {
    expect(toldBy(event('answer', { opinion: '不属于' }, 'working', 'working'), subject())).toEqual([
      { why: 'answer', owner: { unit: 7, role: 'officer' } },
    ]);
  });

  it('whom the ladder names at each rung', () => {
    for (const rung of ['remind', 'superior', 'next'] as const) {
      expect(toldBy(event(rung, { people: [a] }, null, null), subject())).toEqual([{ why: rung, people: [a] }]);
    }
  });

  it('the starter, when it is closed; not when a closed one is copied', () => {
    const closed = subject({ state: 'closed', closed_at: now, owner_unit: null, owner_role: null });
    expect(toldBy(event('pass', {}, 'rechecking', 'closed'), closed)).toEqual([{ why: 'closed', people: [starter] }]);
    expect(toldBy(event('copy', { copy: [a] }, 'closed', 'closed'), closed)).toEqual([{ why: 'copy', people: [a] }]);
  });
});
