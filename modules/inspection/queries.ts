import { z } from 'zod';
import { defineQuery } from '#kernel/contract.ts';
import type { Role } from '#kernel/permission.ts';
import { category, grade } from './schema.ts';

const readers: readonly Role[] = ['officer', 'leader', 'enforcer', 'duty', 'grid', 'enterprise'];
const text = z.string().trim().max(200).optional();
const clause = z.object({ name: z.string().describe('《law》article'), quote: z.string() });

export const wordings = defineQuery({
  name: 'wordings',
  label: { zh: '隐患标准用语', en: 'Standard wordings' },
  by: readers,
  input: z.object({ text, group: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(200).default(20) }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        group: z.string(),
        text: z.string(),
        category,
        grade,
        requirement: z.string(),
        basis: clause,
        penalty: clause.nullable(),
      }),
    ),
    groups: z.array(z.string()),
    total: z.number(),
  }),
});

export const standards = defineQuery({
  name: 'standards',
  label: { zh: '重大事故隐患判定标准', en: 'What makes a hazard major' },
  by: readers,
  input: z.object({ text, trade: z.string().max(40).optional() }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        trade: z.string(),
        standard: z.string(),
        reference: z.string(),
        clause: z.string(),
        text: z.string(),
        sure: z.boolean().describe('false: not compared with the official text'),
      }),
    ),
    trades: z.array(z.string()),
  }),
});

const relative = z.object({
  id: z.uuid(),
  code: z.string(),
  description: z.string(),
  state: z.string(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
});
export type RelativeLine = z.output<typeof relative>;

export const similar = defineQuery({
  name: 'similar',
  label: { zh: '相似隐患', en: 'Hazards like this one' },
  by: readers,
  input: z.object({
    site: z.uuid().optional(),
    org: z.coerce.number().int().optional(),
    description: z.string().trim().min(2).max(1000),
    lng: z.coerce.number().min(73).max(136).optional(),
    lat: z.coerce.number().min(3).max(54).optional(),
  }),
  output: z.object({ items: z.array(relative.extend({ likeness: z.number().min(0).max(1) })) }),
});

export const relatives = defineQuery({
  name: 'relatives',
  label: { zh: '同类隐患反复情况', en: 'Former and later ones' },
  by: readers,
  input: z.object({ id: z.uuid() }),
  output: z.object({ former: relative.nullable(), later: z.array(relative) }),
});

export const listed = defineQuery({
  name: 'listed',
  label: { zh: '挂牌督办公示', en: 'Listed for supervision' },
  by: readers,
  input: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
  }),
  output: z.object({
    // For public display: what, where and by when; nobody's name or number.
    items: z.array(
      z.object({
        code: z.string(),
        site: z.string().nullable(),
        orgName: z.string(),
        description: z.string(),
        state: z.string(),
        openedAt: z.string(),
        due: z.string().nullable(),
      }),
    ),
  }),
});
