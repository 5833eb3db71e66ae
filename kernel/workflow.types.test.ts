import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { paper } from '#test/paper.workflow.ts';
import { implementWorkflow } from './server/implement.ts';
import { defineWorkflow } from './workflow.ts';

// Each `@ts-expect-error` is a test: the compiler complains where the next line compiles. Nothing here is ever called.
const label = { zh: '文', en: 'Text' };
const frame = {
  kind: 'sample.small',
  title: label,
  prefix: 'XX',
  row: z.object({ body: z.string() }),
  states: { open: { label }, done: { label, final: true } },
  starts: { begin: { label, to: 'open', by: ['officer'], input: z.object({}) } },
} as const;
const finish = { label, from: ['open'], to: 'done', by: ['officer'] } as const;

const declarations = [
  () => defineWorkflow({ ...frame, actions: { finish, again: { ...finish, to: '=', notSameAs: ['finish', 'begin'] } } }),
  // @ts-expect-error: `from` names no state
  () => defineWorkflow({ ...frame, actions: { finish: { ...finish, from: ['opne'] } } }),
  // @ts-expect-error: `to` names no state
  () => defineWorkflow({ ...frame, actions: { finish: { ...finish, to: 'dnoe' } } }),
  // @ts-expect-error: one of the choices is no state
  () => defineWorkflow({ ...frame, actions: { finish: { ...finish, to: ['done', 'dnoe'] } } }),
  // @ts-expect-error: no such way back
  () => defineWorkflow({ ...frame, actions: { finish: { ...finish, to: { back: 'second' } } } }),
  // @ts-expect-error: `to` is missing
  () => defineWorkflow({ ...frame, actions: { finish: { label, from: ['open'], by: ['officer'] } } }),
  // @ts-expect-error: neither an action nor a start
  () => defineWorkflow({ ...frame, actions: { finish: { ...finish, notSameAs: ['begun'] } } }),
  // @ts-expect-error: no such role
  () => defineWorkflow({ ...frame, actions: { finish: { ...finish, by: ['boss'] } } }),
  // @ts-expect-error: a misspelled flag does nothing silently
  () => defineWorkflow({ ...frame, actions: { finish: { ...finish, withdaw: true } } }),
  // @ts-expect-error: the start leads to no state
  () => defineWorkflow({ ...frame, starts: { begin: { ...frame.starts.begin, to: 'opne' } }, actions: { finish } }),
  // @ts-expect-error: a misspelled flag of a start
  () => defineWorkflow({ ...frame, starts: { begin: { ...frame.starts.begin, ofline: true } }, actions: { finish } }),
  () =>
    defineWorkflow({
      ...frame,
      // @ts-expect-error: times out by no action
      states: { open: { label, deadline: { days: 1 }, timeout: 'finsh' }, done: frame.states.done },
      actions: { finish },
    }),
  () =>
    defineWorkflow({
      ...frame,
      // @ts-expect-error: a misspelled deadline
      states: { open: { label, dedline: { days: 1 } }, done: frame.states.done },
      actions: { finish },
    }),
  () =>
    defineWorkflow({
      ...frame,
      // @ts-expect-error: no clock of that kind
      states: { open: { label, deadline: { weeks: 1 } }, done: frame.states.done },
      actions: { finish },
    }),
  // @ts-expect-error: a kind has a module and a noun
  () => defineWorkflow({ ...frame, kind: 'small', actions: { finish } }),
];

const opening = { org: 1, line: null, party: null, title: '', owner: null, set: { body: '', pages: 1, opinion: null } };
const starts = { write: () => opening, receive: () => opening };
const actions = { route: () => ({ to: 'issuing' as const }) };

const effects = [
  () => implementWorkflow(paper)({ starts, actions }),
  () =>
    implementWorkflow(paper)({
      starts: { write: (_ctx, input) => ({ ...opening, set: { ...opening.set, body: input.body } }), receive: async () => opening },
      actions: {
        route: async (ctx) => (ctx.matter.row.pages > 9 ? { to: 'joint', signers: [ctx.who.person] } : { to: 'issuing' }),
        submit: (_ctx, input) => ({ set: { pages: input.pages }, due: null }),
        choose: (_ctx, input) => ({ data: { step: input.step, reason: input.reason } }),
      },
    }),
  // @ts-expect-error: a start without its effect
  () => implementWorkflow(paper)({ starts: { write: starts.write }, actions }),
  // @ts-expect-error: an effect for no start
  () => implementWorkflow(paper)({ starts: { ...starts, wirte: starts.write }, actions }),
  // @ts-expect-error: an effect for no action
  () => implementWorkflow(paper)({ starts, actions: { ...actions, sumbit: () => ({}) } }),
  // @ts-expect-error: an action with a choice needs an effect that chooses
  () => implementWorkflow(paper)({ starts, actions: {} }),
  // @ts-expect-error: … and that really does
  () => implementWorkflow(paper)({ starts, actions: { route: () => ({ signers: [] }) } }),
  // @ts-expect-error: not among the choices
  () => implementWorkflow(paper)({ starts, actions: { route: () => ({ to: 'issued' }) } }),
  // @ts-expect-error: nothing to choose where the declaration says where it goes
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: () => ({ to: 'checking' }) } }),
  // @ts-expect-error: the record has no such field
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: () => ({ set: { page: 3 } }) } }),
  // @ts-expect-error: … in one branch of several
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: async (ctx) => (ctx.now ? {} : { set: { page: 3 } }) } }),
  // @ts-expect-error: a field of the wrong type
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: () => ({ set: { pages: 'three' } }) } }),
  // @ts-expect-error: a word nobody reads
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: async () => ({ signer: ['x'] }) } }),
  // @ts-expect-error: an owner without a role
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: () => ({ owner: { unit: 3 } }) } }),
  // @ts-expect-error: a level that is none
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: () => ({ level: 5 }) } }),
  // @ts-expect-error: the input has no such field
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: (_ctx, input) => ({ set: { pages: input.page } }) } }),
  // @ts-expect-error: only `back: any` brings a step
  () => implementWorkflow(paper)({ starts, actions: { ...actions, bounce: (_ctx, input) => ({ data: { step: input.step } }) } }),
  // @ts-expect-error: the record has no such field to read
  () => implementWorkflow(paper)({ starts, actions: { ...actions, submit: (ctx) => ({ data: { x: ctx.matter.row.page } }) } }),
  // @ts-expect-error: a start must fill the whole record
  () => implementWorkflow(paper)({ starts: { ...starts, write: () => ({ ...opening, set: { body: '' } }) }, actions }),
  // @ts-expect-error: … and nothing beside it
  () => implementWorkflow(paper)({ starts: { ...starts, write: () => ({ ...opening, set: { ...opening.set, x: 1 } }) }, actions }),
  // @ts-expect-error: a start must say where the matter lies
  () => implementWorkflow(paper)({ starts: { ...starts, write: () => ({ title: '', owner: null, set: opening.set }) }, actions }),
];

it('the compiler refuses every case above that must not compile, and no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigil-types-'));
  const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));
  const options = { noEmit: true, incremental: false, types: ['node'], typeRoots: [path('../node_modules/@types')] };
  const project = { extends: path('../tsconfig.json'), compilerOptions: options, files: [fileURLToPath(import.meta.url)], include: [] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
  const compiler = path('../node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [compiler, '-p', folder, '--listFiles'], { timeout: 60_000 });
  const said = await run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
  await rm(folder, { recursive: true });
  // An error without a place would mean that the compiler never came to this file; the list of files proves that it did.
  const lines = said.split('\n').filter((line) => line.includes('workflow.types.test.ts') || line.startsWith('error'));
  expect(lines).toEqual([fileURLToPath(import.meta.url)]);
  expect(declarations.length + effects.length).toBeGreaterThan(30);
});
