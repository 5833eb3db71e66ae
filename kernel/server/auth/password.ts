import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id (the library's own algorithm): 19 MiB, two passes, one lane; 40-60 ms of one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The same word typed on another keyboard is the same password (RFC 8265 §4). */
const spelled = (password: string) => password.normalize('NFC');

export function hashPassword(password: string): Promise<string> {
  return hash(spelled(password), cost);
}

let decoy: Promise<string> | undefined;

/**
 * Is it the password? Where there is no hash (no such login, no local password) the same work is done against a decoy, so
 * that the time of the answer does not tell which logins exist.
 */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(24).toString('base64'));
  const right = await verify(stored ?? (await decoy), spelled(password));
  return right && stored !== null;
}

/** Makes the decoy before the first sign-in needs it: made on the way, it would double the time of that one answer. */
export async function prepareDecoy(): Promise<void> {
  await isPassword(null, '');
}

const lower = 'abcdefghijkmnpqrstuvwxyz';
const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const digits = '23456789';

/** A password to be read out or typed from paper: no characters that look alike, four kinds, 53 random bits. `Kxm7-rRf4-qNp2` */
export function oneTimePassword(): string {
  const one = (set: string) => set.charAt(randomInt(set.length));
  const group = () => `${one(upper)}${one(lower)}${one(lower + upper)}${one(digits)}`;
  return [group(), group(), group()].join('-');
}
