import { parseArgs } from 'node:util';
import { commands } from './cli/commands.ts';
import { isFault } from './kernel/fault.ts';
import { printConfig, readConfig } from './kernel/server/config.ts';
import { createLog } from './kernel/server/log.ts';
import { StartupFault } from './kernel/server/pg/startup-fault.ts';
import { fillText } from './kernel/text.ts';
import { contracts } from './modules/registry.ts';

/** `vigil <command> …`: the flags of every command; each command reads its own. */
const options = {
  role: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  demo: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'print-config': { type: 'boolean' },
  force: { type: 'boolean' },
  'with-keys': { type: 'boolean' },
  head: { type: 'string' },
  login: { type: 'string' },
  name: { type: 'string' },
  unit: { type: 'string' },
  'user-role': { type: 'string' },
  seconds: { type: 'string' },
  rounds: { type: 'string' },
  scale: { type: 'string' },
  'log-level': { type: 'string' },
  'mqtt-port': { type: 'string' },
} as const;

function usage(): string {
  const lines = Object.values(commands).map((command) => `  ${command.usage.padEnd(46)} ${command.zh} · ${command.en}`);
  return `vigil 守夜人\n\n${lines.join('\n')}\n`;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true, strict: true });
  const [name = 'help', ...rest] = positionals;
  const command = commands[name];
  if (values.help || name === 'help' || !command) {
    process.stdout.write(usage());
    return command || name === 'help' || values.help ? 0 : 64;
  }
  const config = readConfig(process.env, { ...values, ...(name === 'serve' ? {} : { role: 'tool' }) });
  if (values['print-config']) {
    process.stdout.write(`${printConfig(config)}\n`);
    return 0;
  }
  return command.run({ config, log: createLog(config), args: rest, flags: values });
}

function explain(error: unknown): number {
  if (error instanceof StartupFault) {
    process.stderr.write(`\n${error.message}\n`);
    return error.exitCode;
  }
  if (isFault(error)) {
    const words = contracts.map((contract) => contract.faults[error.code]).find((one) => one !== undefined);
    process.stderr.write(
      words ? `${fillText(words.text, error.details, 'zh')}\n${fillText(words.text, error.details, 'en')}\n` : `${error.message}\n`,
    );
    return 65;
  }
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`${error.message}\n\n${usage()}`);
    return 64;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 70;
}

process.exitCode = await run().catch(explain);
// Commands close what they opened; a forgotten timer must not keep a finished command alive.
if (process.exitCode !== undefined) setTimeout(() => process.exit(), 1000).unref();
