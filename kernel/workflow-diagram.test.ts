import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { roleNames } from './permission.ts';
import { anyWorkflow, defineWorkflow, moveNames } from './workflow.ts';
import { arrowsOf, permissionRows, toMermaid } from './workflow-diagram.ts';

const paper = anyWorkflow(
  defineWorkflow({
    kind: 'office.paper',
    title: { zh: '公文', en: 'Paper' },
    prefix: 'GW',
    row: z.object({}),
    states: {
      draft: { label: { zh: '拟稿', en: 'Draft' } },
      end: { label: { zh: '会签: "甲;乙"', en: 'Signing #1' }, sign: 'sequence' },
      done: { label: { zh: '办结', en: 'Done' }, final: true },
    },
    starts: { write: { label: { zh: '起草', en: 'Write' }, to: 'draft', by: ['officer'], input: z.object({}) } },
    actions: {
      send: {
        label: { zh: '送签', en: 'Send' },
        from: ['draft'],
        to: ['end', 'done'],
        by: ['officer'],
        holder: true,
        because: ['《条例》第一条'],
      },
      remark: { label: { zh: '备注', en: 'Remark' }, from: ['draft', 'end'], to: '=', by: ['leader'] },
      agree: { label: { zh: '同意', en: 'Agree' }, from: ['end'], to: 'done', by: ['leader'], signs: 'for', notSameAs: ['send'] },
      refuse: { label: { zh: '退回', en: 'Refuse' }, from: ['end'], to: { back: 'previous' }, by: ['leader'], signs: 'against' },
      restart: { label: { zh: '重办', en: 'Restart' }, from: ['end'], to: { back: 'first' }, by: ['leader'], danger: true },
    },
  }),
);

describe('the arrows of a workflow', () => {
  it('join the actions between the same two states and resolve choices and returns', () => {
    expect(arrowsOf(paper)).toEqual([
      { from: null, to: 'draft', actions: ['write'] },
      { from: 'draft', to: 'end', actions: ['send'] },
      { from: 'draft', to: 'done', actions: ['send'] },
      { from: 'end', to: 'done', actions: ['agree'] },
      { from: 'end', to: 'draft', actions: ['refuse', 'restart'] },
    ]);
  });

  it('show the acts that leave the state as it is when asked to', () => {
    const more = arrowsOf(paper, true).filter(({ from, to }) => from === to);
    expect(more.map(({ from, actions }) => [from, ...actions])).toEqual([
      ['draft', 'remark'],
      ['end', 'remark'],
    ]);
  });
});

it('the diagram names states in its language, keeps clear of reserved words and signs, and marks signing and ends', () => {
  expect(toMermaid(paper, 'zh')).toBe(`stateDiagram-v2
  state "拟稿" as draft
  state "会签#58; #34;甲#59;乙#34;（顺序签）" as end_
  state "办结" as done
  [*] --> draft: 起草
  draft --> end_: 送签
  draft --> done: 送签
  draft --> draft: 备注
  end_ --> end_: 备注
  end_ --> done: 同意
  end_ --> draft: 退回 / 重办
  done --> [*]
`);
  expect(toMermaid(paper, 'en')).toContain('state "Signing #35;1 (sign in turn)" as end_');
});

describe('the permission matrix', () => {
  const rows = permissionRows(paper);
  const row = (action: string) => rows.find((one) => one.action === action);
  const holders = (action: string, right: string) => roleNames.filter((role) => row(action)?.rights[role] === right);

  it('has every start, action and move once, under its full name', () => {
    expect(rows.map((one) => one.action)).toEqual(['write', 'send', 'remark', 'agree', 'refuse', 'restart', ...moveNames]);
    expect(row('send')?.name).toBe('office.paper.send');
  });

  it('says by what each right is had', () => {
    expect(holders('write', 'yes')).toEqual(['officer']);
    expect(holders('write', 'no')).toHaveLength(roleNames.length - 1);
    expect(holders('send', 'holder')).toEqual(roleNames);
    expect(row('send')).toMatchObject({ usually: ['officer'], because: ['《条例》第一条'] });
    expect(holders('agree', 'signer')).toEqual(roleNames);
    expect(row('agree')?.notSameAs).toEqual(['send']);
    expect(holders('override', 'yes')).toEqual(['leader']);
    expect(holders('urge', 'yes')).toEqual(['officer', 'leader', 'duty']);
    expect(holders('urge', 'own')).toHaveLength(roleNames.length - 3);
    expect(holders('answer', 'asked')).toEqual(roleNames);
  });
});
