import { z } from 'zod';
import { ask } from './field.ts';

export const code = z
  .string()
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))
  // As a password field it stays out of the ledger.
  .meta(ask('动态口令', 'Authenticator code', { widget: 'password' }));
export const typedPassword = z.string().min(1).max(256);
export const person = z.uuid().meta(ask('人员', 'Person', { widget: 'person' }));

/** How a login is written: what is typed in capitals or full width means the same login. */
export const loginName = z
  .string()
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{2,31}$/))
  .meta(
    ask('用户名', 'Login', {
      help: { zh: '3 至 32 位小写字母、数字、点、横线', en: '3 to 32 lower-case letters, digits, dots and dashes' },
    }),
  );

/** The body of `POST /api/session`. `token: true` answers the token in the body for API clients and sets no cookie. */
export const signInBody = z.strictObject({
  login: z.string().max(256).meta(ask('用户名', 'Login')),
  password: typedPassword.meta(ask('口令', 'Password', { widget: 'password' })),
  code: code.optional(),
  token: z.boolean().optional(),
});

/**
 * The rules for passwords and failures. Defaults as read for level 3 (GB/T 22239-2019 8.1.4.1 a, b); the standard leaves the
 * figures to the unit, so they are a setting, within bounds that no unit may leave.
 */
export const passwordPolicy = z.object({
  minLength: z.int().min(8).max(64).default(8).meta(ask('最少字符数', 'Least length')),
  kinds: z.int().min(2).max(4).default(3).meta(ask('至少包含几类字符', 'Kinds of characters (of four)')),
  maxAgeDays: z
    .int()
    .min(0)
    .max(365)
    .default(90)
    .meta(ask('更换周期', 'Change after', { unit: { zh: '天', en: 'days' } })),
  history: z.int().min(0).max(24).default(5).meta(ask('不得与最近几次相同', 'Not among the last')),
  failures: z.int().min(3).max(10).default(5).meta(ask('连续输错几次锁定', 'Failures before locking')),
  lockMinutes: z
    .int()
    .min(5)
    .max(1440)
    .default(30)
    .meta(ask('锁定时长', 'Locked for', { unit: { zh: '分钟', en: 'minutes' } })),
  oneTimeHours: z
    .int()
    .min(1)
    .max(720)
    .default(72)
    .meta(ask('一次性口令有效期', 'One-time password good for', { unit: { zh: '小时', en: 'hours' } })),
});
export type PasswordPolicy = z.output<typeof passwordPolicy>;

const post = z.object({
  post: z.string(),
  role: z.string(),
  unit: z.number().nullable(),
  unitName: z.string(),
  /** The area the post reaches, by its topmost name; empty for a post at one supervised object. */
  orgName: z.string(),
  lines: z.array(z.string()).nullable(),
  party: z.string().nullable(),
  behalfName: z.string().nullable(),
});

/** Who is signed in, answered by `GET /api/session`. `limited`: nothing else works before `mustChange` or `mustEnroll` is done. */
export const meSchema = z.object({
  person: z.string(),
  name: z.string(),
  title: z.string(),
  login: z.string(),
  posts: z.array(post),
  roles: z.array(z.string()),
  limited: z.boolean(),
  mustChange: z.boolean(),
  mustEnroll: z.boolean(),
  totp: z.boolean(),
  how: z.enum(['password', 'oidc']),
  idleMinutes: z.number(),
  demo: z.boolean(),
});
export type Me = z.output<typeof meSchema>;

export const accountLine = z.object({
  person: z.string(),
  name: z.string(),
  title: z.string(),
  login: z.string(),
  state: z.enum(['active', 'locked', 'disabled']),
  lockedUntil: z.string().nullable(),
  mustChange: z.boolean(),
  totp: z.boolean(),
  /** What the identity provider calls this person; null when not linked. */
  subject: z.string().nullable(),
  lastAt: z.string().nullable(),
  madeAt: z.string(),
  sessions: z.number(),
  /** Is, was or will be an administrator: what opens the account is asked for by one and confirmed by another. */
  administers: z.boolean(),
  /** What was asked for and waits for another security administrator; `mine`: by whoever looks. */
  asked: z
    .object({
      what: z.enum(['reset', 'link']),
      totp: z.boolean(),
      subject: z.string().nullable(),
      byName: z.string(),
      until: z.string(),
      mine: z.boolean(),
    })
    .nullable(),
});
export type AccountLine = z.output<typeof accountLine>;
