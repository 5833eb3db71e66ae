import { z } from 'zod';
import { defineQuery } from '#kernel/contract.ts';
import { areaLine, committeeDuty, intFrom, limitOf, offset, personLine, postLine, roleName, searchText, unitLine } from './schema.ts';

const nothing = z.object({});
const listOf = <L extends z.ZodType>(line: L) => z.object({ items: z.array(line), total: z.number() });
const flag = z.stringbool().optional();

export const areas = defineQuery({
  name: 'areas',
  label: { zh: '区域', en: 'Areas' },
  by: 'signed-in',
  input: nothing,
  output: z.object({ items: z.array(areaLine) }),
});

export const units = defineQuery({
  name: 'units',
  label: { zh: '单位', en: 'Units' },
  by: 'signed-in',
  input: z.object({
    parent: intFrom.optional().describe('the units directly below this one'),
    area: intFrom.optional().describe('the units of this area and of the areas below it'),
    kind: z.string().max(40).optional(),
    line: z.string().max(40).optional().describe('the units that supervise this line'),
    text: searchText,
    closed: flag.describe('closed units too'),
    limit: limitOf(2000, 500),
    offset,
  }),
  output: listOf(unitLine),
});

export const unit = defineQuery({
  name: 'unit',
  label: { zh: '单位详情', en: 'Unit' },
  by: 'signed-in',
  input: z.object({ id: intFrom }),
  output: unitLine.extend({
    path: z.array(z.object({ id: z.number(), name: z.string() })),
    posts: z.array(postLine),
    committees: z.array(z.object({ id: z.number(), name: z.string(), duty: committeeDuty })),
    desk: z.boolean(),
    mayEdit: z.boolean(),
  }),
});

/** For choosing a person: by name, by pinyin initials (`zjg` finds 张建国), by unit. */
export const people = defineQuery({
  name: 'people',
  label: { zh: '人员', en: 'People' },
  by: 'signed-in',
  input: z.object({
    text: searchText,
    unit: intFrom.optional(),
    area: intFrom.optional(),
    role: roleName.optional(),
    party: z.uuid().optional(),
    left: flag.describe('people who have left too'),
    limit: limitOf(200, 20),
    offset,
  }),
  output: listOf(personLine),
});

export const person = defineQuery({
  name: 'person',
  label: { zh: '人员详情', en: 'Person' },
  by: 'signed-in',
  personal: true,
  input: z.object({ id: z.uuid() }),
  output: personLine.extend({
    /** Within one's scope in clear; null outside it. */
    phone: z.string().nullable(),
    posts: z.array(postLine),
    /** Away now: who stands in, until when. */
    away: z.object({ to: z.uuid(), name: z.string(), until: z.string() }).nullable(),
    mayEdit: z.boolean(),
    mayGivePosts: z.boolean(),
  }),
});

const committeeLine = z.object({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  short: z.string(),
  parent: z.number().nullable(),
  area: z.number(),
  areaName: z.string(),
  lines: z.array(z.string()),
  leads: z.array(z.string()),
  members: z.number(),
});

export const committees = defineQuery({
  name: 'committees',
  label: { zh: '议事协调机构', en: 'Committees' },
  by: 'signed-in',
  input: z.object({ area: intFrom.optional() }),
  output: z.object({ items: z.array(committeeLine) }),
});

export const committee = defineQuery({
  name: 'committee',
  label: { zh: '议事协调机构详情', en: 'Committee' },
  by: 'signed-in',
  input: z.object({ id: intFrom }),
  output: committeeLine.extend({
    membership: z.array(
      z.object({
        unit: z.number(),
        unitName: z.string(),
        duty: committeeDuty,
        person: z.uuid().nullable(),
        personName: z.string().nullable(),
      }),
    ),
    /** Sub-committees (专业委员会). */
    below: z.array(z.object({ id: z.number(), name: z.string() })),
    mayEdit: z.boolean(),
  }),
});

/** `code` may be a former one: `resolved` is today's. Below a changed district, former codes lead to the district only. */
export const divisions = defineQuery({
  name: 'divisions',
  label: { zh: '行政区划', en: 'Divisions' },
  by: 'signed-in',
  input: z.object({
    text: searchText,
    code: z
      .string()
      .regex(/^[0-9A-Z]{4,12}$/)
      .optional(),
    parent: z.string().max(12).optional(),
    level: z.coerce.number().int().min(1).max(4).optional(),
    limit: limitOf(1000, 100),
    offset,
  }),
  output: z.object({
    items: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        kind: z.string(),
        level: z.number(),
        parent: z.string().nullable(),
        parentName: z.string().nullable(),
        statistical: z.boolean(),
        former: z.array(z.object({ code: z.string(), name: z.string(), until: z.string() })),
      }),
    ),
    total: z.number(),
    resolved: z.object({ code: z.string(), name: z.string(), former: z.boolean() }).nullable(),
  }),
});

export const myPosts = defineQuery({
  name: 'myPosts',
  label: { zh: '我的岗位', en: 'My posts' },
  by: 'signed-in',
  input: nothing,
  output: z.object({ items: z.array(postLine.extend({ behalf: z.uuid().nullable(), behalfName: z.string().nullable() })) }),
});
