import { z } from 'zod';
import { openApi } from '#kernel/server/openapi.ts';
import type { Registry } from '#kernel/server/registry.ts';
import { code, page, table } from './markdown.ts';

const operation = z.object({
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string().default(''),
  parameters: z.array(z.object({ name: z.string(), required: z.boolean().default(false) })).default([]),
});
const paths = z.record(z.string(), z.record(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation.optional()));

/** The addresses of the OpenAPI document, one line each; their schemas are at GET /api/openapi.json. */
export function apiPage(registry: Registry): string {
  const sections = new Map<string, string[][]>();
  for (const [path, methods] of Object.entries(paths.parse(openApi(registry).paths))) {
    for (const [method, one] of Object.entries(methods)) {
      if (!one) continue;
      const tag = one.tags[0] ?? '';
      const asks = one.parameters.map(({ name, required }) => `${name}${required ? '' : '?'}`).join(', ');
      sections.set(tag, [
        ...(sections.get(tag) ?? []),
        [code(`${method.toUpperCase()} ${path}`), one.summary, asks, one.description.replace(/^By: /, '')],
      ]);
    }
  }
  return page(
    'API',
    'Schemas of every input and output: `GET /api/openapi.json` of a running system.',
    ...[...sections].flatMap(([tag, rows]) => [`## ${tag}\n`, table(['address', '', 'parameters', 'by'], rows)]),
  );
}
