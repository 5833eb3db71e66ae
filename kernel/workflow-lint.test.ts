import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { papers } from '#test/paper-desk.ts';
import { snake } from './server/matter-row.ts';
import { type ActionDef, type AnyWorkflow, defineWorkflow, moveNames, type StartDef, type StateDef } from './workflow.ts';
import { ancestors, lintWorkflow, matterFields, reachable, targetsOf } from './workflow-lint.ts';
import { rungs } from './workflow-step.ts';

type Action = ActionDef<string, string>;
const label = { zh: '文', en: 'Text' };
const { actions, states, starts } = papers;
const withActions = (more: Record<string, Partial<Action> | undefined>): AnyWorkflow => ({ ...papers, actions: merge(actions, more) });
const withStates = (more: Record<string, Partial<StateDef> | undefined>): AnyWorkflow => ({ ...papers, states: merge(states, more) });
const withStarts = (more: Record<string, Partial<StartDef<string>> | undefined>): AnyWorkflow => ({
  ...papers,
  starts: merge(starts, more),
});

/** The declared entries with these changes; undefined takes one away, an unknown name adds one. */
function merge<T>(declared: Record<string, T>, more: Record<string, Partial<T> | undefined>): Record<string, T> {
  const all = new Map(Object.entries(declared));
  for (const [name, change] of Object.entries(more)) {
    if (change === undefined) all.delete(name);
    else all.set(name, { ...(all.get(name) as T), ...change });
  }
  return Object.fromEntries(all);
}

const forward: Action = { label, from: ['draft'], to: 'checking', by: ['leader'] };
const { agree: _, object: __, ...unsigned } = actions;

/** One change to a sound declaration, and all that may be said of it. */
const mutations: [string, AnyWorkflow, string[]][] = [
  ['a kind that is no table', { ...papers, kind: 'sample.Paper' }, ['kind sample.Paper cannot be the name of a table']],
  ['a kind with two dots', { ...papers, kind: 'a.b.c' }, ['kind a.b.c cannot be the name of a table']],
  ['a name with a dot', withActions({ 'a.b': forward }), ['a.b cannot be a name']],
  ['a name every object has', withActions({ constructor: forward }), ['constructor cannot be a name']],
  [
    'an action named like a move',
    withActions({ transfer: forward }),
    ['transfer is the name of a built-in move or of a rung of the ladder'],
  ],
  ['a start named like a rung', withStarts({ remind: starts.write }), ['remind is the name of a built-in move or of a rung of the ladder']],
  [
    'a field named like a column',
    { ...papers, row: z.object({ dueAt: z.string(), level: z.int() }) },
    ['field level is a column of every matter already'],
  ],
  ['no start', { ...papers, starts: {} }, ['nothing starts it', ...Object.keys(states).map((name) => `state ${name} cannot be reached`)]],
  ['a start nobody may do', withStarts({ write: { by: [] } }), ['nobody may write']],
  ['a start at the end', withStarts({ shred: { ...starts.write, to: 'dropped' } as StartDef<string> }), ['shred starts at the end']],
  ['a state without a way in', withStates({ lost: { label, final: true } }), ['state lost cannot be reached']],
  ['a dead end', withStates({ attic: { label } }), ['state attic cannot be reached', 'state attic is a dead end']],
  [
    "a dead end with nothing but '='",
    {
      ...withStates({ attic: { label } }),
      actions: merge(actions, { store: { ...forward, to: 'attic' }, dust: { ...forward, from: ['attic'], to: '=' } }),
    },
    ['state attic is a dead end'],
  ],
  [
    'a circle without an end',
    {
      ...withStates({ east: { label }, west: { label } }),
      actions: merge(actions, {
        enter: { ...forward, to: 'east' },
        over: { ...forward, from: ['east'], to: 'west' },
        back: { ...forward, from: ['west'], to: 'east' },
      }),
    },
    ['state east never comes to an end', 'state west never comes to an end'],
  ],
  ['leaving a final state', withActions({ reopen: { ...forward, from: ['issued'], to: 'draft' } }), ['final state issued can be left']],
  ['a final state with a clock', withStates({ issued: { deadline: { days: 1 } } }), ['final state issued has a clock or signers']],
  [
    'no final state',
    withStates({ issued: { final: undefined as never }, dropped: { final: undefined as never } }),
    [
      ...['draft', 'checking', 'joint', 'either', 'chain', 'issuing'].map((name) => `state ${name} never comes to an end`),
      'state issued is a dead end',
      'state dropped is a dead end',
      'no final state',
    ],
  ],
  [
    'a time-out without a deadline',
    withStates({ issuing: { deadline: undefined as never } }),
    ['state issuing times out but has no deadline'],
  ],
  [
    'a time-out that starts elsewhere',
    withStates({ issuing: { timeout: 'submit' } }),
    ['state issuing times out by submit, which cannot leave it'],
  ],
  ['a time-out that stays', withStates({ issuing: { timeout: 'remark' } }), ['time-out remark leaves nothing']],
  ['a time-out that signs', withStates({ chain: { timeout: 'agree' } }), ['time-out agree is a signature']],
  ['a time-out that needs a choice', withStates({ checking: { timeout: 'route' } }), ['time-out route needs a choice nobody makes']],
  [
    'a time-out to a step nobody names',
    withStates({ issuing: { timeout: 'choose' } }),
    ['time-out choose needs a step nobody names', 'time-out choose needs an input nobody gives'],
  ],
  [
    'a time-out back from where a matter may start',
    withStates({ checking: { timeout: 'restart' } }),
    ['time-out restart may find no step to go back to', 'time-out restart needs an input nobody gives'],
  ],
  [
    'a time-out that needs an input',
    withActions({ lapse: { input: z.object({ reason: z.string() }) } }),
    ['time-out lapse needs an input nobody gives'],
  ],
  ['an action nobody may do', withActions({ remark: { by: [] } }), ['nobody may remark']],
  ['an action from nowhere', withActions({ remark: { from: [] } }), ['remark starts nowhere']],
  ['one name for a start and an action', withStarts({ remark: starts.write }), ['remark is both a start and an action']],
  [
    'two emphasised buttons',
    withActions({ bounce: { primary: true } }),
    ['state checking has more than one primary action', 'state issuing has more than one primary action'],
  ],
  ['a way back from the first step', withActions({ bounce: { from: ['draft'] } }), ['bounce has no step to go back to']],
  ['a step asked for twice', withActions({ choose: { input: z.object({ step: z.string() }) } }), ['choose asks for a step of its own']],
  ['withdrawing what moved nothing', withActions({ remark: { withdraw: true } }), ['remark moves nothing that could be withdrawn']],
  ['withdrawing the end', withActions({ issue: { withdraw: true } }), ['issue ends the matter and cannot be withdrawn']],
  [
    'signatures nobody can give',
    { ...papers, actions: { ...unsigned, skip: { ...forward, from: ['joint', 'either', 'chain'], to: 'issuing' } } },
    ['joint', 'either', 'chain'].map((name) => `state ${name} waits for signatures nobody can give`),
  ],
  ['signatures without a rule', withStates({ either: { sign: undefined as never } }), ['state either has signatures but no sign rule']],
  ['a signature that stays', withActions({ object: { to: '=' } }), ['signature object leads nowhere']],
  ['a signature of the holder', withActions({ agree: { holder: true } }), ['signature agree belongs to the signers, not to the holder']],
];

describe('what the types cannot see', () => {
  it('a sound declaration gets no complaint', () => expect(lintWorkflow(papers)).toEqual([]));

  it.each(mutations)('%s', (_name, workflow, complaints) => expect([...lintWorkflow(workflow)].sort()).toEqual([...complaints].sort()));

  it('is refused when the module is loaded, with every complaint', () => {
    const load = () =>
      defineWorkflow({
        ...{ kind: 'sample.bad', title: label, prefix: 'XX', row: z.object({}) },
        states: { a: { label }, b: { label, final: true } },
        starts: { begin: { label, to: 'a', by: [], input: z.object({}) } },
        actions: {},
      });
    expect(load).toThrow('workflow sample.bad: nobody may begin; state a is a dead end; state b cannot be reached');
  });
});

describe('the graph', () => {
  it('knows what leads where', () => {
    expect(targetsOf(papers, 'submit', 'draft')).toEqual(['checking']);
    expect(targetsOf(papers, 'remark', 'joint')).toEqual(['joint']);
    expect(targetsOf(papers, 'route', 'checking')).toEqual(['joint', 'either', 'chain', 'issuing']);
    expect(targetsOf(papers, 'restart', 'issuing')).toEqual(['draft', 'checking']);
    expect(targetsOf(papers, 'bounce', 'joint').sort()).toEqual(['chain', 'checking', 'draft', 'either', 'issuing']);
    expect(targetsOf(papers, 'nothing', 'draft')).toEqual([]);
    expect(ancestors(papers, 'draft')).toEqual(new Set());
    expect(reachable(papers)).toEqual(new Set(Object.keys(states)));
  });
});

describe('names that are taken', () => {
  it('are those of all moves and rungs', () => {
    for (const name of [...moveNames, ...rungs]) {
      expect(lintWorkflow(withActions({ [name]: forward }))).toEqual([`${name} is the name of a built-in move or of a rung of the ladder`]);
    }
  });

  it('are the columns that kernel.make_matter adds', async () => {
    const sql = await readFile(new URL('server/migrations/202611231800-kernel.sql', import.meta.url), 'utf8');
    const made = sql.slice(sql.indexOf('function kernel.make_matter'), sql.indexOf('function kernel.one_write_path'));
    const columns = [...made.matchAll(/add column (\w+)/g)].map((found) => found[1] ?? '');
    expect(columns.length).toBeGreaterThan(20);
    expect(['id', ...columns].sort()).toEqual(matterFields.map(snake).sort());
  });
});
