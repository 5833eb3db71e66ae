import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../secrets.ts';
import { codeOf } from '../startup-fault.ts';
import { passphraseMissing, passphraseWrong } from './archive-fault.ts';

/** Key files of the data folder that the rows cannot be read without: what seals the second factors. */
const keyFiles = ['account.key'] as const;

const text = z.base64();

/** Key files in a backup, under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM seals. Binary parts in base64. */
export const sealedKeysShape = z.object({
  kdf: z.literal('scrypt'),
  cost: z.int().min(1024).max(1_048_576),
  salt: text,
  iv: text,
  tag: text,
  data: text,
});

export type SealedKeys = z.infer<typeof sealedKeysShape>;
type Keys = Readonly<Record<string, string>>;

/** 64 MB and a fifth of a second for each guess at the passphrase. */
const usualCost = 65_536;
/** Bound to the text, so that the box is not taken for another one of the same passphrase. */
const about = Buffer.from('vigil-backup keys 1');

function keyFrom(passphrase: string, salt: Buffer, cost: number): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 });
}

export function sealKeys(keys: Keys, passphrase: string, cost = usualCost): SealedKeys {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', keyFrom(passphrase, salt, cost), iv).setAAD(about);
  const data = Buffer.concat([cipher.update(JSON.stringify(keys), 'utf8'), cipher.final()]);
  const [saltText, ivText, tag, dataText] = [salt, iv, cipher.getAuthTag(), data].map((part) => part.toString('base64'));
  return { kdf: 'scrypt', cost, salt: saltText ?? '', iv: ivText ?? '', tag: tag ?? '', data: dataText ?? '' };
}

/** @throws StartupFault backup.passphrase when it is not the one the backup was made with (or the box was changed) */
export function openKeys(sealed: SealedKeys, passphrase: string): Keys {
  const [salt, iv, tag, data] = [sealed.salt, sealed.iv, sealed.tag, sealed.data].map((part) => Buffer.from(part, 'base64'));
  try {
    const key = keyFrom(passphrase, salt ?? Buffer.alloc(0), sealed.cost);
    const decipher = createDecipheriv('aes-256-gcm', key, iv ?? Buffer.alloc(0), { authTagLength: 16 });
    decipher.setAAD(about).setAuthTag(tag ?? Buffer.alloc(0));
    const opened = Buffer.concat([decipher.update(data ?? Buffer.alloc(0)), decipher.final()]).toString('utf8');
    return z.record(z.string(), z.string()).parse(JSON.parse(opened));
  } catch (error) {
    throw passphraseWrong(error);
  }
}

/** The key files of a data folder, sealed. @throws StartupFault backup.no_passphrase */
export function sealKeysOf(dataDir: string, passphrase: string | null): SealedKeys {
  if (passphrase === null) throw passphraseMissing();
  const keys: Record<string, string> = {};
  for (const name of keyFiles) {
    try {
      keys[name] = readFileSync(join(dataDir, 'secrets', name), 'utf8');
    } catch (error) {
      // Made at the first second factor: before, there is nothing that needs it.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  return sealKeys(keys, passphrase);
}

/** Puts key files back. One that differs is kept beside it: the rows it belonged to may still be in another backup. */
export function putKeys(dataDir: string, keys: Keys, at: Date): void {
  const folder = join(dataDir, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of keyFiles) {
    const content = keys[name];
    const file = join(folder, name);
    if (content === undefined || (existsSync(file) && readFileSync(file, 'utf8') === content)) continue;
    if (existsSync(file)) renameSync(file, `${file}.before-${at.toISOString().replaceAll(':', '')}`);
    writeDurably(file, content);
  }
}
