import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { By } from '../contract.ts';
import { type AnyWorkflow, moveNames, moves } from '../workflow.ts';
import type { Registry } from './registry.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return json;
};

const faultSchema = {
  type: 'object',
  required: ['fault'],
  properties: {
    fault: {
      type: 'object',
      required: ['code', 'details'],
      properties: { code: { type: 'string' }, details: { type: 'object' }, request: { type: 'string' } },
    },
  },
};

const answers = (output: Json) => ({
  200: { description: 'done', content: { 'application/json': { schema: output } } },
  default: { description: 'a coded fault; nothing was stored', content: { 'application/json': { schema: faultSchema } } },
});

const who = (by: By) => (by === 'public' ? 'anybody' : by === 'signed-in' ? 'any signed-in person' : by.join(', '));
const uuid = { type: 'string', format: 'uuid' };
const acted: Json = {
  type: 'object',
  properties: {
    id: uuid,
    code: { type: 'string' },
    state: { type: 'string' },
    version: { type: 'integer' },
    due: { type: ['string', 'null'], format: 'date-time' },
  },
};

function post(tag: string, summary: string, by: string, body: Json, output: Json): Json {
  return {
    post: {
      tags: [tag],
      summary,
      description: `By: ${by}`,
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
      responses: answers(output),
    },
  };
}

function workflowPaths(workflow: AnyWorkflow): [string, Json][] {
  const tag = workflow.kind;
  const body = (input: z.ZodType | undefined, version: boolean): Json => ({
    type: 'object',
    required: ['request', 'id'],
    additionalProperties: false,
    properties: {
      request: uuid,
      id: uuid,
      ...(version ? { version: { type: 'integer', minimum: 1 } } : {}),
      input: input ? schemaOf(input, 'input') : { type: 'object' },
    },
  });
  const path = (name: string) => `/api/${workflow.kind}.${name}`;
  return [
    ...Object.entries(workflow.starts).map(([name, start]): [string, Json] => [
      path(name),
      post(tag, `${start.label.zh} · ${start.label.en}`, start.by.join(', '), body(start.input, false), acted),
    ]),
    ...Object.entries(workflow.actions).map(([name, action]): [string, Json] => [
      path(name),
      post(tag, `${action.label.zh} · ${action.label.en}`, action.by.join(', '), body(action.input, true), acted),
    ]),
    ...moveNames.map((name): [string, Json] => [
      path(name),
      post(tag, `${moves[name].label.zh} · ${moves[name].label.en}`, 'see the workflow', body(moves[name].input, true), acted),
    ]),
  ];
}

/** OpenAPI 3.1 of everything the registry declares; nothing is written by hand. */
export function openApi(registry: Registry): Json {
  const paths: Record<string, Json> = {};
  for (const { contract } of registry.servers) {
    for (const action of contract.actions) {
      const body = {
        type: 'object',
        required: ['request'],
        additionalProperties: false,
        properties: { request: uuid, input: schemaOf(action.input, 'input') },
      };
      paths[`/api/${contract.name}.${action.name}`] = post(
        contract.name,
        `${action.label.zh} · ${action.label.en}`,
        who(action.by),
        body,
        schemaOf(action.output, 'output'),
      );
    }
    for (const query of contract.queries) {
      const input = schemaOf(query.input, 'input') as { properties?: Record<string, Json>; required?: string[] };
      const parameters = Object.entries(input.properties ?? {}).map(([name, schema]) => ({
        name,
        in: 'query',
        required: input.required?.includes(name) ?? false,
        schema,
      }));
      paths[`/api/${contract.name}.${query.name}`] = {
        get: {
          tags: [contract.name],
          summary: `${query.label.zh} · ${query.label.en}`,
          description: `By: ${who(query.by)}`,
          parameters,
          responses: answers(schemaOf(query.output, 'output')),
        },
      };
    }
    for (const workflow of contract.workflows) for (const [path, item] of workflowPaths(workflow)) paths[path] = item;
  }
  return { openapi: '3.1.0', info: { title: 'Vigil 守夜人', version: '0.1.0' }, paths };
}

export function openApiRoute(http: FastifyInstance, registry: Registry): void {
  let text: string | undefined;
  http.get('/api/openapi.json', async (_request, reply) => {
    text ??= JSON.stringify(openApi(registry));
    return reply.type('application/json').send(text);
  });
}
