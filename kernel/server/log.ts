import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { type Config, maskUrl } from './config.ts';

export type Log = Logger;

/** The one name of the request id in logs, in the ledger's column and in what the user can quote. */
export const requestField = 'request';

const secretKeys = [
  'password',
  'passwd',
  'pwd',
  'secret',
  'clientSecret',
  'token',
  'accessToken',
  'refreshToken',
  'idToken',
  'deviceToken',
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-api-key"]',
  'sealKey',
  'otp',
  'totp',
  'databaseUrl',
  'connectionString',
];

/** pino matches exact depths, so each key is named at the top and one, two and three levels down (req.headers.cookie). */
const redactPaths = ['', '*.', '*.*.', '*.*.*.'].flatMap((above) =>
  secretKeys.map((key) => (key.startsWith('[') ? `${above.slice(0, -1)}${key}` : `${above}${key}`)),
);

interface LoggedError {
  type: string;
  message: string;
  stack?: string;
  [detail: string]: unknown;
}

/** Keeps what helps to find a fault. PostgreSQL's `detail`, `where` and parameters are left out: they quote personal data (PIPL art. 51). */
function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: maskUrl(String(error)) };
  const kept = ['code', 'severity', 'schema', 'table', 'constraint', 'routine', 'exitCode'].flatMap((name) => {
    const value: unknown = Reflect.get(error, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const cause = error.cause === undefined ? {} : { cause: loggedError(error.cause) };
  const stack = error.stack === undefined ? {} : { stack: maskUrl(error.stack) };
  return { type: error.name, message: maskUrl(error.message), ...Object.fromEntries(kept), ...stack, ...cause };
}

/** Structured logs: one JSON line each, on stderr by default because stdout belongs to the commands' own output. */
export function createLog(
  config: Pick<Config, 'logLevel' | 'role'>,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  const options: LoggerOptions = {
    level: config.logLevel,
    base: { role: config.role, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: redactPaths, censor: '***' },
    serializers: { err: loggedError, error: loggedError },
  };
  return pino(options, destination);
}

/** The log of one request; every line carries its id. */
export function requestLog(log: Log, request: string): Log {
  return log.child({ [requestField]: request });
}
