import { z } from 'zod';
import { defineModule, defineQuery } from './contract.ts';
import { ask } from './field.ts';
import { fillText, type Lang, type Text } from './text.ts';

/** What can be wrong with the ledger, in words that say where. */
const damages = {
  row_changed: {
    zh: '第 {seq} 号记录在封存后被修改（第 {seal} 号封条）',
    en: 'Row {seq} was changed after it was sealed (seal {seal})',
  },
  row_removed: { zh: '第 {seq} 号记录在封存后被删除（第 {seal} 号封条）', en: 'Row {seq} was removed after it was sealed (seal {seal})' },
  row_inserted: {
    zh: '第 {seq} 号记录是封存后插入的（第 {seal} 号封条范围内）',
    en: 'Row {seq} was inserted into what seal {seal} covers',
  },
  rows_reordered: {
    zh: '第 {seq} 号记录的位置或内容被调换（第 {seal} 号封条）',
    en: 'Row {seq} was moved or exchanged with another (seal {seal})',
  },
  seal_broken: { zh: '第 {seal} 号封条与其封存的记录不符', en: 'Seal {seal} does not fit the rows it covers' },
  seal_missing: { zh: '第 {seal} 号封条缺失', en: 'Seal {seal} is missing' },
  seal_unkeyed: { zh: '第 {seal} 号封条未使用封存密钥', en: 'Seal {seal} was made without the seal key' },
} as const satisfies Record<string, Text>;

export type DamageKind = keyof typeof damages;
const damageKinds = Object.keys(damages) as [DamageKind, ...DamageKind[]];

/** One bad place. `seq` is the number of the row, `other` that of a row it was exchanged with, `seal` the seal over it. */
export const damageSchema = z.object({
  what: z.enum(damageKinds),
  seal: z.int(),
  seq: z.string().optional(),
  other: z.string().optional(),
});
export type Damage = z.output<typeof damageSchema>;

export function sayDamage(damage: Damage, lang: Lang): string {
  const words = fillText(damages[damage.what], damage, lang);
  if (damage.other === undefined) return words;
  return lang === 'zh' ? `${words}，涉及第 ${damage.other} 号记录` : `${words}; the other is row ${damage.other}`;
}

/** The newest seal: whoever has noted its hash elsewhere can later prove that nothing before it was touched. */
export const headSchema = z.object({ n: z.int(), at: z.string(), hash: z.string() });
export type Head = z.output<typeof headSchema>;

/** What a verification found. `damage` lists the first places, at most 20, in the order of the ledger. */
export const verdictSchema = z.object({
  ok: z.boolean(),
  at: z.string(),
  seals: z.int(),
  rows: z.int(),
  /** Rows added since the newest seal. */
  unsealed: z.int(),
  /** Seals made before there was a key. */
  unkeyed: z.int(),
  head: headSchema.nullable(),
  damage: z.array(damageSchema),
  /**
   * Rows whose time lies more than an hour before the seal before theirs: written later than they say, or the database's clock
   * was wrong. Not proof of tampering; the auditor looks into it.
   */
  backdated: z.array(z.object({ seal: z.int(), seq: z.string() })),
  seconds: z.number(),
  /** The seal that has the head asked for; null when it is not in the chain; absent when none was asked for. */
  found: z.int().nullable().optional(),
});
export type Verdict = z.output<typeof verdictSchema>;

const auditRow = z.object({
  seq: z.string(),
  at: z.string(),
  name: z.string(),
  kind: z.string().nullable(),
  subject: z.string().nullable(),
  org: z.int().nullable(),
  actor: z.string().nullable(),
  actorName: z.string(),
  behalf: z.string().nullable(),
  behalfName: z.string().nullable(),
  request: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type AuditRow = z.output<typeof auditRow>;

/** Within what the database can hold. */
const instant = z.iso.datetime({ offset: true }).refine((text) => text > '1970' && text < '3');

/** JavaScript takes 30 February for 2 March, the database does not. */
const isInstant = (text: string) => {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === text.slice(0, 19);
};

/** 安全审计: who did what and when, over the whole system (GB/T 22239-2019 8.1.4.3). Reading it is itself in the ledger. */
export const events = defineQuery({
  name: 'events',
  label: { zh: '审计记录', en: 'Audit trail' },
  by: ['auditor'],
  input: z.object({
    person: z
      .uuid()
      .optional()
      .meta(ask('人员', 'Person', { widget: 'person', help: { zh: '操作人、被代理人或被操作人', en: 'Who acted, for whom, or on whom' } })),
    name: z
      .string()
      .max(80)
      .optional()
      .meta(ask('操作', 'Action', { help: { zh: '以“.”结尾表示该类全部操作', en: 'Ending in "." means all of that kind' } })),
    subject: z.uuid().optional().meta(ask('事项编号', 'Record id')),
    org: z.coerce
      .number()
      .int()
      .optional()
      .meta(ask('地区', 'Area', { widget: 'area' })),
    from: instant.optional().meta(ask('起', 'From')),
    to: instant.optional().meta(ask('止', 'To')),
    before: z
      .string()
      .regex(/^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_\d{1,18}$/)
      .refine((text) => isInstant(text.slice(0, 27)))
      .optional()
      .describe('`next` of the page before'),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  output: z.object({
    items: z.array(auditRow),
    next: z.string().nullable(),
    /** From when on was looked at: a month back unless a time or a record was given. */
    from: z.string().nullable(),
  }),
  personal: true,
});

export const sealing = defineQuery({
  name: 'sealing',
  label: { zh: '台账封存情况', en: 'Sealing of the ledger' },
  by: ['auditor'],
  input: z.object({}),
  output: z.object({
    head: headSchema.nullable(),
    unsealed: z.int(),
    /** The last verification of the whole chain; null before the first. */
    verdict: verdictSchema.nullable(),
  }),
});

export const auditModule = defineModule({
  name: 'audit',
  level: 0,
  title: { zh: '安全审计', en: 'Audit' },
  actions: [],
  queries: [events, sealing],
  faults: {},
  events: {
    verified: { zh: '台账完整性校验', en: 'The ledger was verified' },
  },
});
