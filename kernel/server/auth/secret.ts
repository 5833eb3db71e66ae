import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Encrypts what must not lie in the database in clear (GB/T 22239-2019 8.1.4.8: confidentiality of identification data at rest). */
export type Vault = {
  /** AES-256-GCM; `about` is bound to the text: sealed for one person it does not open for another. */
  seal(text: string, about: string): string;
  /** Undefined when the text was changed, was sealed about something else, or by another key. */
  open(sealed: string, about: string): string | undefined;
};

const prefix = 'v1.';
const ivBytes = 12;
const tagBytes = 16;

export function makeVault(key: Uint8Array): Vault {
  if (key.length !== 32) throw new RangeError('the key must have 32 bytes');
  return {
    seal(text, about) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about, 'utf8'));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, about) {
      if (!sealed.startsWith(prefix)) return undefined;
      const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
      if (bytes.length < ivBytes + tagBytes) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(about, 'utf8')).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

const vaults = new Map<string, Vault>();

/** The vault of a data folder; its key file `secrets/account.key` (0600) is made at the first use. */
export function vaultOf(dataDir: string): Vault {
  const known = vaults.get(dataDir);
  if (known) return known;
  const vault = makeVault(keepKey(join(dataDir, 'secrets'), 'account.key'));
  vaults.set(dataDir, vault);
  return vault;
}

function keepKey(folder: string, name: string): Buffer {
  const file = join(folder, name);
  const kept = readKey(file);
  if (kept) return kept;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const half = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const fd = openSync(half, 'wx', 0o600);
  try {
    writeSync(fd, `${randomBytes(32).toString('base64')}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  try {
    // A link fails when the file exists: of several processes starting at once, the first one's key is everybody's.
    linkSync(half, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(half, { force: true });
  }
  const made = readKey(file);
  if (!made) throw new Error(`${file} cannot be read back`);
  return made;
}

/** @throws Error when the file is there and is no key: a new one would make every second factor unreadable for good */
function readKey(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32) throw new Error(`${file} is not a key of 32 bytes in base64; restore it from the backup`);
  return key;
}
