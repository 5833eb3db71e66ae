import { z } from 'zod';
import { defineAction, defineModule, defineQuery } from './contract.ts';
import { ask } from './field.ts';
import { sessionFaults } from './session-faults.ts';

import { accountLine, code, loginName, meSchema, passwordPolicy, person, typedPassword } from './session-schema.ts';

export type { AccountLine, Me, PasswordPolicy } from './session-schema.ts';

const whole = z.coerce.number().int();
const nothing = z.object({});

const me = defineQuery({ name: 'me', label: { zh: '本人', en: 'Me' }, by: 'signed-in', input: nothing, output: meSchema });

const options = defineQuery({
  name: 'options',
  label: { zh: '登录方式', en: 'Ways to sign in' },
  by: 'public',
  input: nothing,
  output: z.object({
    /** Only in demo mode, where they are published on purpose. */
    demo: z
      .object({ password: z.string(), accounts: z.array(z.object({ login: z.string(), name: z.string(), title: z.string() })) })
      .nullable(),
    oidc: z.object({ label: z.string() }).nullable(),
    policy: passwordPolicy,
  }),
});

const mySessions = defineQuery({
  name: 'mySessions',
  label: { zh: '本人的登录', en: 'My sign-ins' },
  by: 'signed-in',
  input: nothing,
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        current: z.boolean(),
        madeAt: z.string(),
        seenAt: z.string(),
        expiresAt: z.string(),
        ip: z.string(),
        agent: z.string(),
        how: z.string(),
      }),
    ),
  }),
});

const accounts = defineQuery({
  name: 'accounts',
  label: { zh: '账号', en: 'Accounts' },
  by: ['secadmin'],
  input: z.object({
    text: z.string().trim().max(80).optional(),
    state: z.enum(['active', 'locked', 'disabled']).optional(),
    limit: whole.min(1).max(200).default(50),
    offset: whole.min(0).max(100_000).default(0),
  }),
  output: z.object({ items: z.array(accountLine), total: z.number() }),
});

const password = defineAction({
  name: 'password',
  label: { zh: '修改口令', en: 'Change password' },
  by: 'signed-in',
  input: z.object({
    old: typedPassword.meta(ask('原口令', 'Present password', { widget: 'password' })),
    next: typedPassword.meta(ask('新口令', 'New password', { widget: 'password' })),
  }),
  output: z.object({ ended: z.number().describe('other sign-ins of the same person that were ended') }),
});

/** Shown once: a repeated request answers null, because secrets are not kept with the request. */
const once = z.string().nullable();

const totpBegin = defineAction({
  name: 'totpBegin',
  label: { zh: '绑定动态口令', en: 'Set up the authenticator' },
  by: 'signed-in',
  input: nothing,
  output: z.object({ secret: once, url: once }),
});

const totpConfirm = defineAction({
  name: 'totpConfirm',
  label: { zh: '确认动态口令', en: 'Confirm the authenticator' },
  by: 'signed-in',
  input: z.object({ code }),
  output: nothing,
});

const totpRemove = defineAction({
  name: 'totpRemove',
  label: { zh: '解除动态口令', en: 'Remove the authenticator' },
  by: 'signed-in',
  input: z.object({ code }),
  output: nothing,
  danger: true,
});

const endOthers = defineAction({
  name: 'endOthers',
  label: { zh: '退出其他设备', en: 'Sign out everywhere else' },
  by: 'signed-in',
  input: nothing,
  output: z.object({ ended: z.number() }),
});

const oneTime = z.object({
  person: z.string(),
  login: z.string(),
  password: once.describe('one-time password, to be changed at the first sign-in'),
});

const accountOpen = defineAction({
  name: 'accountOpen',
  label: { zh: '开通账号', en: 'Open an account' },
  by: ['secadmin'],
  input: z.object({ person, login: loginName }),
  output: oneTime,
});

const accountReset = defineAction({
  name: 'accountReset',
  label: { zh: '重置口令', en: 'Reset the password' },
  by: ['secadmin'],
  input: z.object({ person, totp: z.boolean().default(false).meta(ask('同时解除动态口令', 'Remove the authenticator as well')) }),
  output: oneTime,
  danger: true,
});

const asked = z.object({ until: z.string().describe('when the request lapses') });

const accountResetAsk = defineAction({
  name: 'accountResetAsk',
  label: { zh: '申请重置口令', en: 'Ask for a new password' },
  by: ['secadmin'],
  input: accountReset.input,
  output: asked,
  because: ['GB/T 22239-2019 8.1.5'],
  danger: true,
});

const accountLinkAsk = defineAction({
  name: 'accountLinkAsk',
  label: { zh: '申请绑定统一身份', en: 'Ask for a link to the identity provider' },
  by: ['secadmin'],
  input: z.object({ person, subject: z.string().trim().min(1).max(255).meta(ask('统一身份标识（sub）', 'Subject (sub)')) }),
  output: asked,
  because: ['GB/T 22239-2019 8.1.5'],
  danger: true,
});

const accountConfirm = defineAction({
  name: 'accountConfirm',
  label: { zh: '确认申请', en: 'Confirm the request' },
  by: ['secadmin'],
  input: z.object({ person }),
  output: oneTime,
  because: ['GB/T 22239-2019 8.1.5'],
  danger: true,
});

const onAccount = <const N extends string>(name: N, zh: string, en: string) =>
  defineAction({ name, label: { zh, en }, by: ['secadmin'], input: z.object({ person }), output: nothing });

const accountDisable = defineAction({ ...onAccount('accountDisable', '停用账号', 'Disable the account'), danger: true });
const accountDismiss = onAccount('accountDismiss', '撤销申请', 'Dismiss the request');
const accountEnable = onAccount('accountEnable', '启用账号', 'Enable the account');
const accountUnlock = onAccount('accountUnlock', '解锁账号', 'Unlock the account');

const sessionEnd = defineAction({
  name: 'sessionEnd',
  label: { zh: '强制退出', en: 'End all sign-ins' },
  by: ['secadmin'],
  input: z.object({ person }),
  output: z.object({ ended: z.number() }),
});

const accountLink = defineAction({
  name: 'accountLink',
  label: { zh: '绑定统一身份', en: 'Link to the identity provider' },
  by: ['secadmin'],
  input: z.object({
    person,
    subject: z.string().trim().min(1).max(255).nullable().meta(ask('统一身份标识（sub），留空则解除', 'Subject (sub); empty to unlink')),
  }),
  output: nothing,
});

const policyChange = defineAction({
  name: 'policyChange',
  label: { zh: '修改口令策略', en: 'Change the password policy' },
  by: ['secadmin'],
  input: passwordPolicy.extend({
    totpAdmins: z.boolean().default(true).meta(ask('管理员须使用动态口令', 'Administrators need the authenticator')),
  }),
  output: nothing,
  because: ['GB/T 22239-2019 8.1.4.1'],
});

export const session = {
  me,
  options,
  mySessions,
  accounts,
  password,
  totpBegin,
  totpConfirm,
  totpRemove,
  endOthers,
  accountOpen,
  accountReset,
  accountResetAsk,
  accountLinkAsk,
  accountConfirm,
  accountDismiss,
  accountDisable,
  accountEnable,
  accountUnlock,
  sessionEnd,
  accountLink,
  policyChange,
};

/** Signing in, one's own credentials, and the security administrator's accounts. */
export const sessionModule = defineModule({
  name: 'session',
  level: 0,
  title: { zh: '登录与账号', en: 'Sign-in and accounts' },
  actions: [
    password,
    totpBegin,
    totpConfirm,
    totpRemove,
    endOthers,
    accountOpen,
    accountReset,
    accountResetAsk,
    accountLinkAsk,
    accountConfirm,
    accountDismiss,
    accountDisable,
    accountEnable,
    accountUnlock,
    sessionEnd,
    accountLink,
    policyChange,
  ],
  queries: [me, options, mySessions, accounts],
  faults: sessionFaults,
  events: {
    'session.opened': { zh: '登录', en: 'Signed in' },
    'session.refused': { zh: '登录失败', en: 'Sign-in refused' },
    'session.code_asked': { zh: '口令正确，要求动态口令', en: 'Password right, code asked' },
    'session.locked': { zh: '账号锁定', en: 'Locked after repeated failures' },
    'session.closed': { zh: '退出登录', en: 'Signed out' },
    'session.account_first': { zh: '建立首个管理员账号', en: 'First administrator account made' },
    'session.account_added': { zh: '命令行开通账号', en: 'Account opened from the command line' },
    'session.account_renewed': { zh: '命令行重置账号', en: 'Account reset from the command line' },
    'session.account_seeded': { zh: '建立演示账号', en: 'Demo accounts made' },
  },
});
