import { z } from 'zod';
import { defineModule, defineQuery } from './contract.ts';
import { kernelFaults } from './kernel-faults.ts';

const ownerSchema = z
  .object({
    person: z.uuid().nullable(),
    unit: z.number().int().nullable(),
    role: z.string().nullable(),
    /** What to show: the person's name, or the unit's name and the role. */
    name: z.string(),
  })
  .nullable();

/** One line of the inbox, of a list, of the map. Times are ISO instants; `level` 1 (red) to 4 (blue) or null. */
export const matterLine = z.object({
  id: z.uuid(),
  kind: z.string(),
  code: z.string(),
  title: z.string(),
  state: z.string(),
  level: z.number().int().nullable(),
  org: z.number().int().nullable(),
  orgName: z.string(),
  line: z.string().nullable(),
  place: z.string().nullable(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  owner: ownerSchema,
  starterName: z.string(),
  due: z.string().nullable(),
  openedAt: z.string(),
  enteredAt: z.string(),
  closedAt: z.string().nullable(),
  version: z.number().int(),
  exercise: z.boolean(),
});
export type MatterLine = z.output<typeof matterLine>;

export const allowedSchema = z.object({
  action: z.string(),
  move: z.boolean(),
  primary: z.boolean(),
  danger: z.boolean(),
  offline: z.boolean(),
});

/** One ledger row as a person may read it. */
export const timelineRow = z.object({
  seq: z.string(),
  at: z.string(),
  name: z.string(),
  actor: z.string().nullable(),
  actorName: z.string(),
  actorTitle: z.string(),
  behalfName: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineRow = z.output<typeof timelineRow>;

const flowSchema = z.object({
  trail: z.array(z.object({ state: z.string(), at: z.string(), ownerName: z.string() })),
  signers: z.array(z.object({ person: z.string(), name: z.string(), signedAt: z.string().nullable(), turn: z.boolean() })),
  signRule: z.enum(['all', 'any', 'sequence']).nullable(),
  asked: z.array(z.object({ person: z.string(), name: z.string(), at: z.string() })),
});

export const matterRecord = matterLine.extend({
  /** The record's own columns by their declared names. */
  fields: z.record(z.string(), z.unknown()),
  allowed: z.array(allowedSchema),
  /** The newest rows, oldest first; `earlier`: there are more before them. */
  timeline: z.array(timelineRow),
  earlier: z.boolean(),
  flow: flowSchema,
  /** The deadline is counted without the holiday notice of its year, which is not published yet, and may move. */
  dueProvisional: z.boolean(),
  files: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      size: z.number(),
      at: z.string(),
      byName: z.string(),
      purpose: z.string(),
    }),
  ),
  /** Names for every person, unit or object id that occurs in `fields` and in the timeline's data. */
  names: z.record(z.string(), z.string()),
});
export type MatterRecord = z.output<typeof matterRecord>;

const bool = z.stringbool().optional();
const int = z.coerce.number().int();

/** How many rows of a list are counted: nobody reads further, and a count of all would cost more than the page itself. */
export const mostCounted = 10_000;

/** Filters that every list understands. */
export const matterFilter = z.object({
  kind: z.string().optional(),
  state: z.string().optional().describe('one state, or several separated by commas'),
  open: bool,
  overdue: bool,
  level: int.min(1).max(4).optional(),
  org: int.optional().describe('area id; its subtree is meant'),
  line: z.string().optional(),
  party: z.uuid().optional(),
  mine: bool.describe('started by me'),
  text: z.string().trim().max(80).optional(),
  exercise: bool,
  sort: z.enum(['due', '-openedAt', 'openedAt', 'level', '-enteredAt']).default('due'),
  limit: int.min(1).max(200).default(50),
  offset: int.min(0).max(100_000).default(0),
});

export const inbox = defineQuery({
  name: 'inbox',
  label: { zh: '待办', en: 'Inbox' },
  by: 'signed-in',
  input: z.object({ limit: int.min(1).max(500).default(200) }),
  output: z.object({
    items: z.array(matterLine.extend({ why: z.enum(['owner', 'sign', 'consult']), behalfName: z.string().nullable() })),
    counts: z.object({ all: z.number(), overdue: z.number(), today: z.number(), week: z.number() }),
  }),
});

export const list = defineQuery({
  name: 'list',
  label: { zh: '事项列表', en: 'Matters' },
  by: 'signed-in',
  input: matterFilter,
  /** `total` is counted to `mostCounted`; `more`: there are more than that. */
  output: z.object({ items: z.array(matterLine), total: z.number(), more: z.boolean() }),
});

export const get = defineQuery({
  name: 'get',
  label: { zh: '事项详情', en: 'Matter' },
  by: 'signed-in',
  input: z.object({
    kind: z.string().max(80),
    id: z.uuid(),
    /** A page of the timeline further back: rows before this `seq`. */
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
  }),
  output: matterRecord,
});

/** A day of this or the next centuries: the database knows no year 0. */
const statsDay = z.iso.date().refine((day) => day >= '1900-01-01' && day <= '2999-12-31');

/** What was found and closed in a period; what is open and overdue now. On time: closed before it was raised to the superior. */
const figures = z.object({ found: z.number(), closed: z.number(), onTime: z.number(), open: z.number(), overdue: z.number() });

export const stats = defineQuery({
  name: 'stats',
  label: { zh: '事项统计', en: 'Statistics of matters' },
  by: 'signed-in',
  input: matterFilter
    .pick({ kind: true, org: true, line: true })
    .extend({ kind: z.string(), from: statsDay.optional(), to: statsDay.optional() }),
  output: figures.extend({
    /** Hours from opening to closing of those closed in the months the period touches: to the hour for two days, to the day for two months. */
    hoursMedian: z.number().nullable(),
    hoursP90: z.number().nullable(),
    byState: z.array(figures.extend({ state: z.string() })),
    /** The areas directly below, and (`own`) what lies in the area itself and in none of them. */
    byOrg: z.array(figures.extend({ org: z.number(), name: z.string(), own: z.boolean() })),
    byLine: z.array(figures.extend({ line: z.string() })),
    byDay: z.array(z.object({ day: z.string(), found: z.number(), closed: z.number() })),
    /** By own columns (grade, category …) and level: found and closed in the months the period touches, open now. */
    byFacet: z.array(figures.extend({ facet: z.string(), value: z.string() })),
  }),
});

/** The kernel's own part of the contract: matters of all modules. */
export const matterModule = defineModule({
  name: 'matter',
  level: 0,
  title: { zh: '事项', en: 'Matters' },
  actions: [],
  queries: [inbox, list, get, stats],
  faults: kernelFaults,
  events: {
    rehomed: { zh: '随监管对象移交', en: 'Moved with its object' },
    remind: { zh: '临期提醒', en: 'Reminder before the deadline' },
    superior: { zh: '超期升级至上级', en: 'Overdue: raised to the superior' },
    next: { zh: '超期再升级', en: 'Overdue: raised to the next level' },
    timeout: { zh: '超时自动处理', en: 'Time-out' },
    due_settled: { zh: '按节假日安排核定期限', en: 'Deadline settled by the holiday notice' },
    reader_skipped: { zh: '一条台账记录未能处理，已跳过', en: 'A ledger row could not be handled and was passed over' },
  },
});
