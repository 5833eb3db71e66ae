import type { z } from 'zod';
import { isApiFault } from '../api-fault.ts';
import { getLang, say, t } from '../words/words.ts';
import { type Field, findField } from './fields.ts';

/** One thing to correct: where, and in words. `path` as antd Form names fields; empty for the form as a whole. */
export type Bad = { path: (string | number)[]; label: string; words: string };

type Raw = { path: (string | number)[]; code: string; params: Record<string, unknown> };

/** What the schema refused, in words beside the field. */
export function badOf(error: z.ZodError, fields: readonly Field[], values: unknown): Bad[] {
  return error.issues.map((issue) => {
    const { path, code, message, ...params } = issue;
    const steps = path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    return toBad({ path: steps, code, params: { ...params, message } }, fields, at(values, steps));
  });
}

/** What the server refused (`input.invalid`): the same words, so that both ways of finding a mistake look alike. */
export function badOfFault(error: unknown, fields: readonly Field[], values: unknown): Bad[] {
  if (!isApiFault(error) || error.code !== 'input.invalid' || !Array.isArray(error.details.issues)) return [];
  return error.details.issues.map((issue: { path?: unknown; code?: unknown; params?: unknown }) => {
    const path = String(issue.path ?? '')
      .split('.')
      .filter((step) => step !== '')
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const params = typeof issue.params === 'object' && issue.params !== null ? (issue.params as Record<string, unknown>) : {};
    return toBad({ path, code: String(issue.code ?? ''), params }, fields, at(values, path));
  });
}

function at(values: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    values,
  );
}

function toBad(raw: Raw, fields: readonly Field[], value: unknown): Bad {
  const field = findField(fields, raw.path);
  const label = field ? say(field.label) : '';
  return { path: raw.path, label, words: wordsOf(raw, field, label, value) };
}

const choosing = new Set([
  'enum',
  'enums',
  'person',
  'people',
  'unit',
  'area',
  'site',
  'line',
  'level',
  'step',
  'date',
  'datetime',
  'place',
]);

function wordsOf({ code, params }: Raw, field: Field | undefined, label: string, value: unknown): string {
  if (!field) return code === 'unrecognized_keys' ? t('bad.extra', { keys: String(params.keys ?? '') }) : t('bad.malformed');
  if (isBlank(value)) return missing(field, label);
  const least = Number(params.minimum);
  const most = Number(params.maximum);
  if (code === 'too_small') return tooSmall(params.origin, label, least);
  if (code === 'too_big') return tooBig(params.origin, label, most, value);
  if (code === 'not_multiple_of') return t('bad.step', { label, n: Number(params.divisor) });
  if (code === 'invalid_value') return t('bad.choice', { label });
  if (code === 'invalid_type')
    return params.expected === 'number' || params.expected === 'int' ? t('bad.number', { label }) : t('bad.any', { label });
  if (code === 'invalid_format') return t('bad.format', { label });
  return own(params, label);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function missing(field: Field, label: string): string {
  if (field.look === 'photos' || field.look === 'files') return t('form.upload', { label });
  return choosing.has(field.look) ? t('form.choose', { label }) : t('form.fill', { label });
}

function tooSmall(origin: unknown, label: string, n: number): string {
  if (origin === 'string') return t('bad.short', { label, n });
  return origin === 'array' || origin === 'set' ? t('bad.few', { label, n }) : t('bad.small', { label, n });
}

function tooBig(origin: unknown, label: string, n: number, value: unknown): string {
  if (origin === 'string') return t('bad.long', { label, n, now: String(value ?? '').length });
  return origin === 'array' || origin === 'set' ? t('bad.many', { label, n }) : t('bad.large', { label, n });
}

/** A rule of the module: its refinement may carry the words, `{ params: { zh, en } }`. */
function own(params: Record<string, unknown>, label: string): string {
  const inner = typeof params.params === 'object' && params.params !== null ? (params.params as Record<string, unknown>) : params;
  const words = inner[getLang()];
  return typeof words === 'string' ? words : t('bad.any', { label });
}

/** Empty inputs count as not given: `''`, null and empty lists never reach the schema. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (Array.isArray(value)) return value.map(cleaned).filter((one) => one !== undefined);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const kept = Object.entries(value).flatMap(([name, one]) => {
    const left = cleaned(one);
    return left === undefined || (Array.isArray(left) && left.length === 0) ? [] : [[name, left] as const];
  });
  return Object.fromEntries(kept);
}
