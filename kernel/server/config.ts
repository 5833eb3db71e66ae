import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type BadValue, badConfiguration } from './pg/startup-fault.ts';

/** The folder of package.json: the default data folder and the npm packages lie under it. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;
/** Command-line flags by their long name without dashes, as `util.parseArgs` gives them; unknown ones belong to the command itself. */
export type Flags = Readonly<Record<string, unknown>>;

function field<S extends z.ZodType>(env: string, flag: string | null, schema: S, zh: string, en: string) {
  return { env, flag, schema, zh, en };
}

const truth: Readonly<Record<string, boolean>> = {
  1: true,
  true: true,
  yes: true,
  on: true,
  0: false,
  false: false,
  no: false,
  off: false,
};
const yesNo = z
  .string()
  .toLowerCase()
  .refine((text) => text in truth)
  .transform((text) => truth[text] === true);

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((n) => n >= min && n <= max);

const httpUrl = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/[^\s]*$/)
  .refine((text) => URL.canParse(text.replace('@/', '@localhost/')));
const isAddress = (text: string) => isIP(text.split('/')[0] ?? '') !== 0;
const hostName = z.string().refine((text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text));

const proxies = z.string().transform((text, context): boolean | number | readonly string[] => {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\d$/.test(text)) return Number(text);
  const list = text.split(',').map((part) => part.trim());
  if (!list.every(isAddress)) context.addIssue('not an address');
  return list;
});

const secret = z.string().min(16);
const word = z.string().min(1);

/** `tool` is for commands (backup, migrate, user add …): they work beside a running instance, or start the database for their own time. */
const roles = ['all', 'web', 'worker', 'ingest', 'tool'] as const;
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const portText = ['0 到 65535 的整数（0 表示任一空闲端口）', 'an integer from 0 to 65535 (0 = any free port)'] as const;
const databaseText = [
  '形如 postgresql://用户:密码@主机:端口/库名 的地址',
  'a URL like postgresql://user:password@host:port/database',
] as const;
const rateText = ['每分钟请求数，不超过 1000000', 'requests a minute, at most 1000000'] as const;
const urlText = ['http:// 或 https:// 开头的地址', 'an http:// or https:// URL'] as const;

const fields = {
  port: field('VIGIL_PORT', 'port', whole(0, 65535).default(8080), ...portText),
  host: field('VIGIL_HOST', 'host', hostName.optional(), 'IP 地址或主机名', 'an IP address or host name'),
  dataDir: field(
    'VIGIL_DATA',
    'data',
    word.transform((path) => resolve(path)).default(join(projectRoot, 'var')),
    '目录路径',
    'a folder path',
  ),
  databaseUrl: field('DATABASE_URL', null, postgresUrl.nullable().default(null), ...databaseText),
  appDatabaseUrl: field('VIGIL_APP_DATABASE_URL', null, postgresUrl.nullable().default(null), ...databaseText),
  demo: field('VIGIL_DEMO', 'demo', yesNo.default(false), '1 或 0', '1 or 0'),
  role: field('VIGIL_ROLE', 'role', z.enum(roles).default('all'), roles.slice(0, 4).join('、'), roles.slice(0, 4).join(', ')),
  mqttPort: field('VIGIL_MQTT_PORT', 'mqtt-port', whole(0, 65535).default(1883), ...portText),
  logLevel: field('VIGIL_LOG_LEVEL', 'log-level', z.enum(levels).default('info'), levels.join('、'), levels.join(', ')),
  sessionIdleMinutes: field(
    'VIGIL_SESSION_IDLE_MINUTES',
    null,
    whole(1, 1440).default(15),
    '1 到 1440 的整数（分钟）',
    'an integer from 1 to 1440 (minutes)',
  ),
  sessionHours: field(
    'VIGIL_SESSION_HOURS',
    null,
    whole(1, 720).default(12),
    '1 到 720 的整数（小时）',
    'an integer from 1 to 720 (hours)',
  ),
  poolSize: field('VIGIL_POOL_SIZE', null, whole(1, 80).default(8), '1 到 80 的整数', 'an integer from 1 to 80'),
  pgBin: field(
    'PG_BIN',
    null,
    word.nullable().default(null),
    'PostgreSQL 程序目录（含 initdb 与 postgres）',
    'the folder of initdb and postgres',
  ),
  sealKey: field('VIGIL_SEAL_KEY', null, secret.nullable().default(null), '不少于 16 个字符的密钥', 'a key of at least 16 characters'),
  backupPassphrase: field(
    'VIGIL_BACKUP_PASSPHRASE',
    null,
    secret.nullable().default(null),
    '不少于 16 个字符的口令',
    'a passphrase of at least 16 characters',
  ),
  oidcIssuer: field('VIGIL_OIDC_ISSUER', null, httpUrl.optional(), ...urlText),
  oidcClientId: field('VIGIL_OIDC_CLIENT_ID', null, word.optional(), '客户端标识', 'the client id'),
  oidcClientSecret: field('VIGIL_OIDC_CLIENT_SECRET', null, word.optional(), '客户端密钥', 'the client secret'),
  oidcLabel: field('VIGIL_OIDC_LABEL', null, word.optional(), '登录按钮上的文字', 'the text of the sign-in button'),
  publicUrl: field('VIGIL_PUBLIC_URL', null, httpUrl.nullable().default(null), ...urlText),
  mapKey: field(
    'VIGIL_TIANDITU_KEY',
    null,
    z
      .string()
      .regex(/^[0-9a-z]{16,64}$/i)
      .nullable()
      .default(null),
    '天地图密钥（字母和数字）',
    'a Tianditu key (letters and digits)',
  ),
  metricsToken: field('VIGIL_METRICS_TOKEN', null, secret.nullable().default(null), '不少于 16 个字符', 'at least 16 characters'),
  ratePerSession: field('VIGIL_RATE_SESSION', null, whole(60, 1_000_000).default(1200), ...rateText),
  ratePerStranger: field('VIGIL_RATE_STRANGER', null, whole(10, 1_000_000).default(600), ...rateText),
  ratePerAddress: field('VIGIL_RATE_ADDRESS', null, whole(60, 1_000_000).default(12_000), ...rateText),
  uploadDayMb: field('VIGIL_UPLOAD_DAY_MB', null, whole(1, 1_000_000).default(2048), '1 到 1000000 的整数（MB）', '1 to 1000000 (MB)'),
  uploadDayFiles: field('VIGIL_UPLOAD_DAY_FILES', null, whole(1, 1_000_000).default(2000), '1 到 1000000 的整数', '1 to 1000000'),
  trustProxy: field(
    'VIGIL_TRUST_PROXY',
    null,
    proxies.default(false),
    'true、false、代理层数，或以逗号分隔的代理地址',
    'true, false, a number of hops, or proxy addresses separated by commas',
  ),
};

type Fields = typeof fields;
type FieldName = keyof Fields;
const names = Object.keys(fields).filter((name): name is FieldName => name in fields);
const shape = Object.fromEntries(names.map((name) => [name, fields[name].schema])) as { [K in FieldName]: Fields[K]['schema'] };

const oidcParts = ['oidcIssuer', 'oidcClientId', 'oidcClientSecret'] as const;

const schema = z
  .object(shape)
  .superRefine((flat, context) => {
    // OIDC is all or none: half a configuration would show a sign-in button that cannot work.
    const missing = oidcParts.filter((part) => flat[part] === undefined);
    const wanted = missing.length < oidcParts.length || flat.oidcLabel !== undefined;
    if (wanted) for (const part of missing) context.addIssue({ code: 'custom', path: [part], message: 'missing' });
    if (flat.appDatabaseUrl !== null && flat.databaseUrl === null)
      context.addIssue({ code: 'custom', path: ['databaseUrl'], message: 'missing' });
  })
  .transform(({ oidcIssuer, oidcClientId, oidcClientSecret, oidcLabel, host, ...rest }) => ({
    ...rest,
    // Demo accounts have published passwords, so the demo listens on loopback only unless told otherwise.
    host: host ?? (rest.demo ? '127.0.0.1' : '0.0.0.0'),
    oidc:
      oidcIssuer === undefined || oidcClientId === undefined || oidcClientSecret === undefined
        ? null
        : { issuer: oidcIssuer, clientId: oidcClientId, clientSecret: oidcClientSecret, label: oidcLabel ?? '统一身份认证' },
  }));

/** Everything the process may be told from outside. Unset optional values are null; paths are absolute. */
export type Config = Readonly<z.output<typeof schema>>;
export type ProcessRole = Config['role'];

/** @throws StartupFault config.invalid, naming every bad value and what is accepted */
export function readConfig(env: Environment, flags: Flags = {}): Config {
  const given = Object.fromEntries(names.map((name) => [name, givenValue(name, env, flags)]));
  const read = schema.safeParse(given);
  if (read.success) return Object.freeze(read.data);
  const wrong = new Set(read.error.issues.map((issue) => issue.path[0]));
  throw badConfiguration(names.filter((name) => wrong.has(name)).map((name) => describe(name, env, flags)));
}

function givenValue(name: FieldName, env: Environment, flags: Flags): string | undefined {
  const { env: variable, flag } = fields[name];
  const fromEnv = env[variable] === '' ? undefined : env[variable];
  const fromFlag = flag === null ? undefined : flags[flag];
  // `npm start` carries --demo; VIGIL_DEMO=0 must be able to turn it off without editing package.json.
  if (name === 'demo' && fromEnv !== undefined) return fromEnv;
  return fromFlag === undefined ? fromEnv : String(fromFlag);
}

const secretFields: readonly FieldName[] = ['sealKey', 'backupPassphrase', 'oidcClientSecret', 'mapKey', 'metricsToken'];

function describe(name: FieldName, env: Environment, flags: Flags): BadValue {
  const { env: variable, flag, zh, en } = fields[name];
  const byFlag = flag !== null && flags[flag] !== undefined && !(name === 'demo' && env[variable]);
  const value = givenValue(name, env, flags);
  const shown = value === undefined ? '' : secretFields.includes(name) ? '***' : maskUrl(value);
  return { name: byFlag ? `--${flag}` : variable, value: shown, zh, en };
}

/** Hides the password inside any URL of a text: `postgres://user:***@host`. */
export function maskUrl(text: string): string {
  return text.replace(/(:\/\/[^/\s:@]*:)[^\s]*@/g, '$1***@').replace(/([?&]password=)[^&\s]*/gi, '$1***');
}

/** For `--print-config`: JSON with every secret masked. */
export function printConfig(config: Config): string {
  const hide = (value: string | null) => (value === null ? null : '***');
  const shown = {
    ...config,
    databaseUrl: config.databaseUrl === null ? null : maskUrl(config.databaseUrl),
    appDatabaseUrl: config.appDatabaseUrl === null ? null : maskUrl(config.appDatabaseUrl),
    sealKey: hide(config.sealKey),
    backupPassphrase: hide(config.backupPassphrase),
    mapKey: hide(config.mapKey),
    metricsToken: hide(config.metricsToken),
    oidc: config.oidc === null ? null : { ...config.oidc, clientSecret: '***' },
  };
  return JSON.stringify(shown, null, 2);
}
