import { z } from 'zod';

/** What stands in the address of each page. A value that cannot be read is left out, never an error page. */
const flag = z.literal(true).optional().catch(undefined);
const int = z.coerce.number().int().min(1);

/** A kind as a word of an address: a dot in the last word would make it the name of a file. */
export const kindSlug = (kind: string): string => kind.replace('.', '-');
export const kindOf = (slug: string): string => (slug.includes('.') ? slug : slug.replace('-', '.'));

export const recordTabs = ['details', 'timeline', 'flow', 'files'] as const;
export type RecordTab = (typeof recordTabs)[number];

export const inboxSearch = z.object({
  kind: z.string().max(60).optional().catch(undefined),
  id: z.uuid().optional().catch(undefined),
});

export const recordSearch = z.object({ tab: z.enum(recordTabs).optional().catch(undefined) });

export const sorts = ['due', '-openedAt', 'openedAt', 'level', '-enteredAt'] as const;

export const listSearch = z.object({
  open: z.enum(['closed', 'all']).optional().catch(undefined),
  state: z.string().max(200).optional().catch(undefined),
  overdue: flag,
  mine: flag,
  level: int.max(4).optional().catch(undefined),
  org: int.optional().catch(undefined),
  /** A supervised object: its matters alone. */
  party: z.uuid().optional().catch(undefined),
  text: z.string().max(80).optional().catch(undefined),
  sort: z.enum(sorts).optional().catch(undefined),
  page: int.max(5000).optional().catch(undefined),
  size: z
    .union([z.literal(20), z.literal(100)])
    .optional()
    .catch(undefined),
});
export type ListSearch = z.output<typeof listSearch>;

export const statsSearch = z.object({
  days: z
    .union([z.literal(30), z.literal(365)])
    .optional()
    .catch(undefined),
  org: int.optional().catch(undefined),
});

/** What is known beforehand of something new, by the names of its form's fields; the form takes what its schema accepts. */
export const startSearch = z.record(z.string().max(60), z.unknown()).catch({});

/** `subject`: the matter or object that the answers are about. */
export const fillSearch = z.object({ subject: z.uuid().optional().catch(undefined) });

/** `id`: the form to go on with; `from`: the form to copy. Neither: a new one. */
export const editFormSearch = z.object({
  id: z.string().max(60).optional().catch(undefined),
  from: z.string().max(60).optional().catch(undefined),
});

export const mapSearch = z.object({
  at: z
    .string()
    .regex(/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/)
    .optional()
    .catch(undefined),
  kind: z.string().max(60).optional().catch(undefined),
  id: z.string().max(60).optional().catch(undefined),
});

export const signInSearch = z.object({
  /** Where the person wanted to go; only an address of this application. */
  to: z
    .string()
    .regex(/^\/(?!\/)/)
    .optional()
    .catch(undefined),
  why: z.enum(['expired']).optional().catch(undefined),
});

export const pageSearch = z.object({
  text: z.string().max(80).optional().catch(undefined),
  page: int.max(5000).optional().catch(undefined),
  org: int.optional().catch(undefined),
  tab: z.string().max(40).optional().catch(undefined),
  id: z.string().max(60).optional().catch(undefined),
});
export type PageSearch = z.output<typeof pageSearch>;

/** `site`: of one supervised object alone. */
export const riskSearch = pageSearch.extend({
  level: int.max(4).optional().catch(undefined),
  site: z.uuid().optional().catch(undefined),
  overdue: flag,
});
export type RiskSearch = z.output<typeof riskSearch>;

/** `week`: any day of it. */
export const effectSearch = pageSearch.extend({ week: z.iso.date().optional().catch(undefined) });

export const checkSearch = z.object({
  day: z.iso.date().optional().catch(undefined),
  site: z.uuid().optional().catch(undefined),
  state: z.enum(['open', 'done', 'missed']).optional().catch(undefined),
});
export type CheckSearch = z.output<typeof checkSearch>;

export const dutiesSearch = pageSearch.extend({ side: z.enum(['industry', 'territory']).optional().catch(undefined) });
export type DutiesSearch = z.output<typeof dutiesSearch>;

export const rotaSearch = z.object({
  desk: int.optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
});
