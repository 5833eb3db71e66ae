import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { type Role, roleNames, separatedRoles } from '#kernel/permission.ts';
import { type AnyWorkflow, moveNames } from '#kernel/workflow.ts';
import { contracts } from '../modules/registry.ts';
import { startTestApp, type TestApp } from './app.ts';
import { plantMatter } from './plant.ts';
import { makeStandIns, roleAt, standInHeader } from './stand-in.ts';

// Generated from the declarations: every (state × action × role × inside or outside) cell is asked over HTTP. The input is
// wrong on purpose, so an allowed cell answers `input.invalid` and nothing moves; every other cell names its refusal.
const standIns = makeStandIns();
let app: TestApp;
let inside = 0;
let outside = 0;
const people: Record<string, string> = {};

beforeAll(async () => {
  app = await startTestApp({ authenticate: standIns.authenticate });
  const units = await app.owner.query<{ id: number; code: string }>(
    `select id, code from org.unit where code in ('370102004', '370114001')`,
  );
  inside = units.rows.find((row) => row.code === '370102004')?.id ?? 0;
  outside = units.rows.find((row) => row.code === '370114001')?.id ?? 0;
  for (const role of roleNames) {
    people[`${role} inside`] = standIns.add([roleAt(role, inside)]);
    people[`${role} outside`] = standIns.add([roleAt(role, outside)]);
  }
});
afterAll(() => app.stop());

async function ask(person: string, path: string, body: unknown): Promise<string> {
  const response = await fetch(`${app.url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [standInHeader]: person },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { fault?: { code: string } };
  return answer.fault?.code ?? `answered ${response.status}`;
}

const wrong = { 'no such field': true };

/** What the declaration says a stranger to the record (neither holder nor signer) with this role must be told. */
function expected(workflow: AnyWorkflow, state: string, action: string, role: Role, where: string): string {
  const definition = workflow.actions[action];
  // 三员分立: administrators see no business record, wherever their post reaches.
  if (where === 'outside' || separatedRoles.includes(role)) return 'record.not_found';
  if (!definition?.from.includes(state)) return 'workflow.not_allowed';
  if (definition.signs) return 'workflow.not_signer';
  if (definition.holder) return 'workflow.not_holder';
  if (definition.starter || definition.above) return 'auth.forbidden';
  return definition.by.includes(role) ? 'input.invalid' : 'auth.forbidden';
}

for (const workflow of contracts.flatMap((contract) => contract.workflows)) {
  describe(workflow.kind, () => {
    for (const state of Object.keys(workflow.states)) {
      it(`in ${state}: every action × role, inside and outside the scope`, async () => {
        const id = await plantMatter(app.owner, workflow, state, inside);
        const cells = Object.keys(workflow.actions).flatMap((action) =>
          roleNames.flatMap((role) => ['inside', 'outside'].map((where) => ({ action, role, where }))),
        );
        const found: string[] = [];
        const wanted: string[] = [];
        for (const { action, role, where } of cells) {
          const cell = `${action} by ${role} ${where}: `;
          wanted.push(cell + expected(workflow, state, action, role, where));
          found.push(
            cell + (await ask(people[`${role} ${where}`] ?? '', `${workflow.kind}.${action}`, { request: newId(), id, input: wrong })),
          );
        }
        expect(found).toEqual(wanted);
      });

      it(`in ${state}: no move is open to somebody outside`, async () => {
        const id = await plantMatter(app.owner, workflow, state, inside);
        for (const move of moveNames) {
          for (const role of roleNames) {
            expect(await ask(people[`${role} outside`] ?? '', `${workflow.kind}.${move}`, { request: newId(), id, input: {} })).toBe(
              'record.not_found',
            );
          }
        }
      });
    }

    it('every action is held by somebody who could reach it', () => {
      for (const [name, action] of Object.entries(workflow.actions)) expect(action.by.length, name).toBeGreaterThan(0);
    });

    it('nobody who is not signed in gets anywhere', async () => {
      for (const name of [...Object.keys(workflow.starts), ...Object.keys(workflow.actions), ...moveNames]) {
        expect(await ask('', `${workflow.kind}.${name}`, { request: newId(), id: newId(), input: {} }), name).toBe('auth.required');
      }
    });
  });
}

describe('actions and queries', () => {
  const all = contracts.flatMap((contract) =>
    contract.actions.map((action) => ({ name: `${contract.name}.${action.name}`, by: action.by })),
  );
  const queries = contracts.flatMap((contract) =>
    contract.queries.map((query) => ({ name: `${contract.name}.${query.name}`, by: query.by })),
  );

  it('every action refuses every role that the contract does not name', async () => {
    for (const { name, by } of all) {
      if (!Array.isArray(by)) continue;
      for (const role of roleNames.filter((one) => !by.includes(one))) {
        expect(await ask(people[`${role} inside`] ?? '', name, { request: newId(), input: {} }), `${name} by ${role}`).toBe(
          'auth.forbidden',
        );
      }
    }
  });

  it('every action and query that is not public refuses strangers', async () => {
    for (const { name, by } of all)
      if (by !== 'public') expect(await ask('', name, { request: newId(), input: {} }), name).toBe('auth.required');
    for (const { name, by } of queries) {
      if (by === 'public') continue;
      const response = await fetch(`${app.url}/api/${name}`);
      expect(response.status, name).toBe(401);
    }
  });

  it('every query refuses every role that the contract does not name', async () => {
    for (const { name, by } of queries) {
      if (!Array.isArray(by)) continue;
      for (const role of roleNames.filter((one) => !by.includes(one))) {
        const response = await fetch(`${app.url}/api/${name}`, { headers: { [standInHeader]: people[`${role} inside`] ?? '' } });
        expect(response.status, `${name} by ${role}`).toBe(403);
      }
    }
  });
});
