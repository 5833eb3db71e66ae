import { z } from 'zod';

export const sides = {
  industry: { zh: '行业监管', en: 'Industry regulator' },
  territory: { zh: '属地监管', en: 'Territorial regulator' },
} as const;
export const side = z.enum(['industry', 'territory']);
export type Side = z.output<typeof side>;

/** One line of the real-name register: this official of this unit answers for this object, by this duty item. */
export const registerLine = z.object({
  id: z.uuid(),
  site: z.uuid(),
  siteName: z.string(),
  org: z.number().int(),
  orgName: z.string(),
  line: z.string(),
  side,
  unit: z.number().int(),
  unitName: z.string(),
  official: z.uuid(),
  officialName: z.string(),
  item: z.string(),
  itemTitle: z.string(),
  since: z.string(),
  until: z.string().nullable(),
});
