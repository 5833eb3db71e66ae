import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newId } from '#kernel/id.ts';
import { roleNames } from '#kernel/permission.ts';
import { makeAuthenticate } from '#kernel/server/auth/server.ts';
import { moveNames, moves } from '#kernel/workflow.ts';
import { contracts } from '../modules/registry.ts';
import { startTestApp, type TestApp } from './app.ts';
import { plantMatter } from './plant.ts';
import { makeStandIns, standInHeader } from './stand-in.ts';

// Every endpoint is fed inputs grown from its own schema, then bent. Whatever comes, the answer is quick, coded, never 5xx.
const standIns = makeStandIns();
let app: TestApp;
let somebody = '';
const runs = Number(process.env.VIGIL_FUZZ_RUNS ?? 12);

beforeAll(async () => {
  // The session module learns of the running server here; who asks is a stand-in all the same.
  app = await startTestApp({ authenticate: (runtime) => (makeAuthenticate(runtime), standIns.authenticate()) });
  const orgs = (await app.owner.query<{ id: number }>('select distinct area as id from org.unit')).rows.map((row) => row.id);
  somebody = standIns.add(roleNames.map((role) => ({ role, orgs, unit: orgs[0] ?? null })));
});
afterAll(() => app.stop());

type Json = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Json[];
  properties?: Record<string, Json>;
  items?: Json;
  format?: string;
  required?: string[];
};

const nasty = fc.constantFrom<unknown>(
  '',
  ' ',
  '\u0000',
  '\ud800',
  '𠮷野家',
  "'; drop table kernel.event; --",
  '%_\\',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '一'.repeat(5000),
  null,
  -1,
  0,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[[[]]]],
  '2026-02-30T25:61:00Z',
  '9999-12-31T23:59:59Z',
  '0000-00-00',
  '__proto__',
  true,
);

/** A value that fits the schema most of the time. */
function grow(json: Json): fc.Arbitrary<unknown> {
  if (json.const !== undefined) return fc.constant(json.const);
  if (json.enum) return fc.constantFrom(...json.enum);
  if (json.anyOf?.length) return fc.oneof(...json.anyOf.map(grow));
  const type = Array.isArray(json.type) ? json.type[0] : json.type;
  if (type === 'object') {
    const entries = Object.entries(json.properties ?? {}).map(([name, child]) => [name, grow(child)] as const);
    return fc.record(Object.fromEntries(entries), { requiredKeys: json.required ?? [] });
  }
  if (type === 'array') return fc.array(grow(json.items ?? {}), { maxLength: 4 });
  if (type === 'integer') return fc.integer({ min: -10, max: 2_000_000_000 });
  if (type === 'number') return fc.double();
  if (type === 'boolean') return fc.boolean();
  if (json.format === 'uuid') return fc.uuid();
  if (json.format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date('1970-01-01'), max: new Date('2100-01-01') }).map((date) => date.toISOString());
  return fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constant('应急管理'));
}

/** Mostly fitting, sometimes with one field bent out of shape, sometimes not even an object. */
function bent(schema: z.ZodType): fc.Arbitrary<unknown> {
  const good = grow(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json);
  const one = fc.tuple(good, fc.nat(), nasty).map(([value, pick, bad]) => {
    if (typeof value !== 'object' || value === null) return bad;
    const keys = Object.keys(value);
    const key = keys[pick % Math.max(1, keys.length)] ?? 'extra';
    return { ...value, [key]: bad };
  });
  return fc.oneof({ weight: 3, arbitrary: good }, { weight: 4, arbitrary: one }, { weight: 1, arbitrary: nasty });
}

async function answersWell(path: string, init: RequestInit): Promise<void> {
  const response = await fetch(`${app.url}/api/${path}`, {
    ...init,
    headers: { ...init.headers, [standInHeader]: somebody },
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  expect(response.status, `${path} ${String(init.body).slice(0, 400)} → ${text.slice(0, 300)}`).toBeLessThan(500);
  if (response.status >= 400)
    expect(JSON.parse(text), path).toMatchObject({
      fault: { code: expect.stringMatching(/^[a-z_]+\.[a-z_]+$/), request: expect.any(String) },
    });
}

const post = (path: string, body: unknown) =>
  answersWell(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('bent inputs', () => {
  for (const contract of contracts) {
    for (const action of contract.actions) {
      const path = `${contract.name}.${action.name}`;
      it(`POST ${path}`, () =>
        fc.assert(
          fc.asyncProperty(bent(action.input), (input) => post(path, { request: newId(), input })),
          { numRuns: runs, endOnFailure: true },
        ));
    }
    for (const query of contract.queries) {
      const path = `${contract.name}.${query.name}`;
      it(`GET ${path}`, () =>
        fc.assert(
          fc.asyncProperty(bent(query.input), (input) => {
            const fields = typeof input === 'object' && input !== null ? Object.entries(input) : [['x', input]];
            return answersWell(
              `${path}?${new URLSearchParams(fields.map(([key, value]) => [String(key), typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value) ?? '')]))}`,
              {},
            );
          }),
          { numRuns: runs, endOnFailure: true },
        ));
    }
    for (const workflow of contract.workflows) {
      for (const [name, start] of Object.entries(workflow.starts)) {
        it(`POST ${workflow.kind}.${name}`, () =>
          fc.assert(
            fc.asyncProperty(bent(start.input), (input) => post(`${workflow.kind}.${name}`, { request: newId(), id: newId(), input })),
            { numRuns: runs, endOnFailure: true },
          ));
      }
      for (const name of [...Object.keys(workflow.actions), ...moveNames]) {
        const schema = workflow.actions[name]?.input ?? (name in moves ? moves[name as keyof typeof moves].input : z.object({}));
        const state = workflow.actions[name]?.from[0] ?? Object.keys(workflow.states)[0] ?? '';
        it(`POST ${workflow.kind}.${name}`, async () => {
          const org = (await app.owner.query<{ id: number }>(`select id from org.unit where code = '370102004'`)).rows[0]?.id ?? 0;
          const id = await plantMatter(app.owner, workflow, state, org);
          await fc.assert(
            fc.asyncProperty(bent(schema), (input) => post(`${workflow.kind}.${name}`, { request: newId(), id, input })),
            { numRuns: runs, endOnFailure: true },
          );
        });
      }
    }
  }
});

describe('broken bodies', () => {
  const json = { 'content-type': 'application/json' };
  it('answers each with a coded fault', async () => {
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"request":1}',
      `{"request":"${newId()}"`,
      '{"__proto__":{"admin":true}}',
      '\u0000',
      `[${'['.repeat(20_000)}`,
    ]) {
      await answersWell('inspection.hazard.assign', { method: 'POST', headers: json, body });
      await answersWell('site.save', { method: 'POST', headers: json, body });
    }
    await answersWell('site.save', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' });
    await answersWell('site.save', { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<a/>' });
    await answersWell('site.save', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ request: newId(), input: { name: 'x'.repeat(2_000_000) } }),
    });
    await answersWell('no.such', { method: 'POST', headers: json, body: '{}' });
    await answersWell('%ff%fe', {});
    await answersWell(`matter.get?kind=${encodeURIComponent('kernel.event; drop table x')}&id=${newId()}`, {});
  });
});
