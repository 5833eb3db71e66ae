import type { PasswordPolicy } from '../../session-schema.ts';
import type { Text } from '../../text.ts';
import { commonWords } from './common-passwords.ts';

/** A rule that a new password broke. */
export type Broken = 'length' | 'long' | 'kinds' | 'login' | 'common';

export const longest = 128;

const kindsOfCharacter = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];

/** Which rules a new password breaks (GB/T 22239-2019 8.1.4.1 a: complexity); empty when it will do. Pure. */
export function brokenRules(password: string, login: string, policy: PasswordPolicy): Broken[] {
  const length = [...password].length;
  const kinds = kindsOfCharacter.filter((kind) => kind.test(password)).length;
  const broken: Broken[] = [];
  if (length < policy.minLength) broken.push('length');
  if (length > longest) broken.push('long');
  if (kinds < policy.kinds) broken.push('kinds');
  if (holdsLogin(password, login)) broken.push('login');
  if (isCommon(password)) broken.push('common');
  return broken;
}

function holdsLogin(password: string, login: string): boolean {
  const typed = password.normalize('NFKC').toLowerCase();
  const name = login.toLowerCase();
  return name.length >= 3 && (typed.includes(name) || typed.includes([...name].reverse().join('')));
}

/** The signs that stand for letters in `P@ssw0rd`. */
const disguises: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  $: 's',
  '5': 's',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  '7': 't',
};

/** A common word with digits and signs around it, disguised or not, is the first thing that is tried. */
export function isCommon(password: string): boolean {
  const typed = password.normalize('NFKC').toLowerCase();
  const plain = [...typed].map((char) => disguises[char] ?? char).join('');
  // Digits or signs alone, or a few letters among many unrelated digits, are left to the other rules.
  const tail = typed.replace(/[a-z]/g, '').length;
  return [typed, plain].some((spelling) => {
    const word = spelling.replace(/[^a-z]/g, '');
    return word.length > 0 && commonWords.has(word) && tail <= 8;
  });
}

/** The rules in words, for the fault and for the form. */
export function ruleText(rule: Broken, policy: PasswordPolicy): Text {
  const words: Record<Broken, Text> = {
    length: { zh: `至少 ${policy.minLength} 个字符`, en: `at least ${policy.minLength} characters` },
    long: { zh: `不超过 ${longest} 个字符`, en: `at most ${longest} characters` },
    kinds: {
      zh: `大写字母、小写字母、数字、符号中至少含 ${policy.kinds} 类`,
      en: `at least ${policy.kinds} of upper case, lower case, digits, signs`,
    },
    login: { zh: '不得包含用户名', en: 'must not contain the login' },
    common: { zh: '不得使用常见口令', en: 'must not be a common password' },
  };
  return words[rule];
}

const day = 86_400_000;

/** Has the password to be changed because of its age (GB/T 22239-2019 8.1.4.1 a: changed regularly)? */
export function isTooOld(passwordAt: Date | null, now: Date, policy: PasswordPolicy): boolean {
  if (policy.maxAgeDays === 0 || passwordAt === null) return false;
  return now.getTime() - passwordAt.getTime() >= policy.maxAgeDays * day;
}

/** What one more failure does to an account: the new count, and until when it is locked if that was one too many. */
export function afterFailure(failed: number, now: Date, policy: PasswordPolicy): { failed: number; lockedUntil: Date | null } {
  if (failed + 1 < policy.failures) return { failed: failed + 1, lockedUntil: null };
  return { failed: 0, lockedUntil: new Date(now.getTime() + policy.lockMinutes * 60_000) };
}

/** Whole minutes the lock still stands, at least 1; 0 when it does not. */
export function minutesLocked(until: Date | null, now: Date): number {
  return until === null || until <= now ? 0 : Math.ceil((until.getTime() - now.getTime()) / 60_000);
}
