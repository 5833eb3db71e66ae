import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { asFileFault } from './startup-fault.ts';

const shape = z.object({ super: z.string().min(16), owner: z.string().min(16), app: z.string().min(16) });

/** The passwords of the three database roles, random per data folder, never typed by anybody. */
export type RolePasswords = z.infer<typeof shape>;

export interface KeptPasswords {
  readonly passwords: RolePasswords;
  /** True when they were made just now: the database does not know them yet. */
  readonly fresh: boolean;
}

/** Reads `secrets/<name>.json` (0600 in a 0700 folder), or makes it. @throws StartupFault data.not_writable, disk.full */
export function keepPasswords(dataDir: string, name: 'embedded' | 'external'): KeptPasswords {
  const folder = join(dataDir, 'secrets');
  const file = join(folder, `${name}.json`);
  try {
    const kept = existsSync(file) ? shape.safeParse(parsed(readFileSync(file, 'utf8'))) : undefined;
    if (kept?.success) return { passwords: kept.data, fresh: false };
    const random = () => randomBytes(24).toString('base64url');
    const passwords = { super: random(), owner: random(), app: random() };
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeDurably(file, JSON.stringify(passwords));
    return { passwords, fresh: true };
  } catch (error) {
    throw asFileFault(error, file) ?? error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut short by a power failure: new ones are made and the roles changed to them.
    return undefined;
  }
}

/** Written aside, flushed, then renamed: after a power cut there is the old content or the new, never half of it. */
export function writeDurably(file: string, text: string): void {
  const half = `${file}.${process.pid}`;
  const fd = openSync(half, 'w', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(half, file);
}
