import { z } from 'zod';
import { fault } from '../fault.ts';

/** One thing wrong with an input: where, what kind, and what is accepted. */
export type Issue = { path: string; code: string; expected?: string; params: Record<string, unknown> };

/** Zod's issues as plain data; messages are made on the client in its language. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map((issue) => {
    const { path, code, message: _message, ...rest } = issue as z.core.$ZodIssue & Record<string, unknown>;
    const params = Object.fromEntries(
      Object.entries(rest).filter(([key, value]) => key !== 'input' && ['string', 'number', 'boolean'].includes(typeof value)),
    );
    return { path: path.map(String).join('.'), code, ...(typeof rest.expected === 'string' ? { expected: rest.expected } : {}), params };
  });
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Ids are compared as text in many places (owners, signers, settings): they have one spelling from here on. Text that PostgreSQL
 * cannot hold (a NUL, half a surrogate pair) is refused here: later it would break a transaction whose statements are under way.
 */
function oneSpelling(value: unknown, path: readonly string[] = []): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw fault('input.invalid', { count: 1, issues: [{ path: path.join('.'), code: 'text', params: {} }] });
    return idPattern.test(value) ? value.toLowerCase() : value;
  }
  if (typeof value !== 'object' || value === null || path.length > 12) return value;
  if (Array.isArray(value)) return value.map((one, i) => oneSpelling(one, [...path, String(i)]));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, oneSpelling(one, [...path, key])]));
}

export function parseWith<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(oneSpelling(value ?? {}));
  if (!parsed.success) throw fault('input.invalid', { count: parsed.error.issues.length, issues: issuesOf(parsed.error) });
  return parsed.data;
}

const empty = z.strictObject({});

/** The input of a workflow action; `back: any` also asks for the step to go back to. */
export function parseInput(schema: z.ZodObject | undefined, value: unknown, to?: unknown): Record<string, unknown> {
  const asksStep = typeof to === 'object' && to !== null && 'back' in to && to.back === 'any';
  const full = (schema ?? empty).strict();
  return parseWith(asksStep ? full.extend({ step: z.string() }) : full, value) as Record<string, unknown>;
}

/** What may stand in the ledger for ever: personal data and passwords are left out (个人信息保护法 §19: no longer than needed). */
export function withoutPersonal(schema: z.ZodObject | undefined, input: Record<string, unknown>): Record<string, unknown> {
  const shape = (schema?.shape ?? {}) as Record<string, z.ZodType>;
  return Object.fromEntries(
    Object.entries(input).filter(([key]) => {
      const meta = shape[key]?.meta();
      return !meta?.personal && meta?.widget !== 'password';
    }),
  );
}
