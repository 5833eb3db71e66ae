import { z } from 'zod';
import { roleNames } from '#kernel/permission.ts';

export const roleName = z.enum(roleNames);
export const instant = z.iso.datetime({ offset: true });
export const words = (max: number) => z.string().trim().min(2).max(max);
/** A number that comes from an address. */
export const intFrom = z.coerce.number().int().min(1).max(2_147_483_647);
export const limitOf = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
export const offset = z.coerce.number().int().min(0).max(100_000).default(0);
export const searchText = z.string().trim().max(80).optional();

export const committeeDuties = {
  chair: { zh: '主任', en: 'Chair' },
  deputy: { zh: '副主任', en: 'Deputy chair' },
  lead: { zh: '牵头单位', en: 'Lead department' },
  member: { zh: '成员单位', en: 'Member' },
} as const;
export const committeeDuty = z.enum(['chair', 'deputy', 'lead', 'member']);
export type CommitteeDuty = z.output<typeof committeeDuty>;

export const shiftRoles = {
  lead: { zh: '带班领导', en: 'Leader on duty' },
  main: { zh: '主班', en: 'Main officer' },
  second: { zh: '副班', en: 'Second officer' },
} as const;
export const shiftRole = z.enum(['lead', 'main', 'second']);
export type ShiftRole = z.output<typeof shiftRole>;

/** A territorial unit. `level`: 1 city, 2 district, county or zone, 3 town or street. */
export const areaLine = z.object({
  id: z.number(),
  code: z.string(),
  /** The territory: 历下区, 泉城路街道. */
  name: z.string(),
  /** Its organ: 济南市历下区人民政府. */
  unitName: z.string(),
  kind: z.string(),
  level: z.number(),
  parent: z.number().nullable(),
  /** Within the scope of one of the asker's posts. */
  mine: z.boolean(),
});
export type AreaLine = z.output<typeof areaLine>;

export const unitLine = z.object({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  short: z.string(),
  kind: z.string(),
  parent: z.number().nullable(),
  area: z.number(),
  areaName: z.string(),
  division: z.string().nullable(),
  /** Industry lines it supervises as the department in charge of the trade. */
  lines: z.array(z.string()),
  /** Answers for every line: governments, towns, emergency bureaus (综合监管). */
  overall: z.boolean(),
  ordering: z.number(),
  phone: z.string().nullable(),
  /** Units directly below, open ones. */
  children: z.number(),
  closedAt: z.string().nullable(),
});
export type UnitLine = z.output<typeof unitLine>;

export const postLine = z.object({
  id: z.uuid(),
  person: z.uuid(),
  personName: z.string(),
  unit: z.number().nullable(),
  unitName: z.string(),
  party: z.uuid().nullable(),
  title: z.string(),
  role: roleName,
  scope: z.number(),
  scopeName: z.string(),
  lines: z.array(z.string()).nullable(),
  main: z.boolean(),
  from: z.string(),
  to: z.string().nullable(),
});
export type PostLine = z.output<typeof postLine>;

/** `phone` is masked here (138****0001); in clear only by the query `person`, which is written in the ledger. */
export const personLine = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  unit: z.number().nullable(),
  unitName: z.string(),
  org: z.number().nullable(),
  orgName: z.string(),
  party: z.uuid().nullable(),
  phone: z.string().nullable(),
  leftAt: z.string().nullable(),
});
export type PersonLine = z.output<typeof personLine>;

export const shiftLine = z.object({
  id: z.uuid(),
  desk: z.number(),
  person: z.uuid(),
  name: z.string(),
  title: z.string(),
  role: shiftRole,
  startsAt: z.string(),
  endsAt: z.string(),
  handover: z.string().nullable(),
  handoverAt: z.string().nullable(),
  takenAt: z.string().nullable(),
  takenWithout: z.string().nullable(),
  mine: z.boolean(),
});
export type ShiftLine = z.output<typeof shiftLine>;

export const delegationLine = z.object({
  id: z.uuid(),
  from: z.uuid(),
  fromName: z.string(),
  to: z.uuid(),
  toName: z.string(),
  fromAt: z.string(),
  toAt: z.string(),
  reason: z.string(),
  revokedAt: z.string().nullable(),
  inForce: z.boolean(),
});
export type DelegationLine = z.output<typeof delegationLine>;

/** 138****0001; short numbers (duty lines) are no personal data but masked alike. */
export function maskPhone(phone: string | null): string | null {
  if (phone === null) return null;
  return phone.length < 7 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
