import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwordPolicy } from '../../session-schema.ts';
import { oneTimePassword } from './password.ts';
import { afterFailure, brokenRules, isCommon, isTooOld, minutesLocked } from './policy.ts';

const policy = passwordPolicy.parse({});
const at = (text: string) => new Date(`${text}+08:00`);

describe('password rules', () => {
  it.each([
    ['Kx7mRf4q', []],
    ['kx7m-rf4q', []],
    ['kx7mrf4q', ['kinds']],
    ['Kx7mRf4', ['length']],
    ['', ['length', 'kinds']],
    ['守夜人不睡觉Kx7', []],
    [`Aa1-${'x'.repeat(130)}`, ['long']],
    ['Zhang.Wei-2026', ['login']],
    ['6202-ieW.gnahZ', ['login']],
    ['P@ssw0rd', ['common']],
    ['Admin@123', ['common']],
    ['Aa123456', ['common']],
    ['1qaz@WSX', ['common']],
    ['Jinan2026!', ['common']],
    ['Woaini1314', ['common']],
  ] as const)('%s breaks %j', (password, broken) => {
    expect(brokenRules(password, 'zhang.wei', policy)).toEqual(broken);
  });

  it('follows the figures of the unit', () => {
    const strict = passwordPolicy.parse({ minLength: 12, kinds: 4 });
    expect(brokenRules('Kx7m-Rf4q', 'zhang.wei', strict)).toEqual(['length']);
    expect(brokenRules('Kx7mRf4qNp2t', 'zhang.wei', strict)).toEqual(['kinds']);
  });

  it('never takes a common word dressed with a few digits and signs', () => {
    const word = fc.constantFrom('password', 'admin', 'qwerty', 'anquan', 'yingji', 'huawei');
    const dressing = fc.string({ unit: fc.constantFrom(...'0123456789!@#$%&*._-'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(dressing, word, dressing, fc.boolean(), (before, base, after, capital) => {
        const typed = capital ? base.charAt(0).toUpperCase() + base.slice(1) : base;
        expect(isCommon(before + typed + after)).toBe(true);
      }),
    );
  });

  it('accepts every one-time password it makes, and makes no two alike', () => {
    const made = Array.from({ length: 500 }, oneTimePassword);
    const strictest = passwordPolicy.parse({ minLength: 12, kinds: 4 });
    for (const one of made) {
      expect(one).toMatch(/^[A-Za-z2-9-]{14}$/);
      expect(brokenRules(one, 'zhang.wei', strictest)).toEqual([]);
    }
    expect(new Set(made).size).toBe(500);
  });
});

describe('age of a password', () => {
  it('runs out after 90 days to the second, and never when the unit says so', () => {
    const set = at('2026-01-01T08:00:00');
    expect(isTooOld(set, at('2026-04-01T07:59:59'), policy)).toBe(false);
    expect(isTooOld(set, at('2026-04-01T08:00:00'), policy)).toBe(true);
    expect(isTooOld(set, at('2036-04-01T08:00:00'), { ...policy, maxAgeDays: 0 })).toBe(false);
    expect(isTooOld(null, at('2036-04-01T08:00:00'), policy)).toBe(false);
  });
});

describe('failures', () => {
  it('locks at the fifth for 30 minutes, and then counts from the beginning', () => {
    const now = at('2026-05-01T09:00:00');
    expect(afterFailure(3, now, policy)).toEqual({ failed: 4, lockedUntil: null });
    expect(afterFailure(4, now, policy)).toEqual({ failed: 0, lockedUntil: at('2026-05-01T09:30:00') });
  });

  it('says how many minutes remain, never zero while the lock stands', () => {
    const until = at('2026-05-01T09:30:00');
    expect(minutesLocked(until, at('2026-05-01T09:00:00'))).toBe(30);
    expect(minutesLocked(until, at('2026-05-01T09:29:59'))).toBe(1);
    expect(minutesLocked(until, until)).toBe(0);
    expect(minutesLocked(null, until)).toBe(0);
  });

  it('whatever the figures, a lock comes exactly at the last allowed failure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 10 }), (failures) => {
        const now = at('2026-05-01T09:00:00');
        let failed = 0;
        for (let attempt = 1; attempt < failures; attempt++) {
          const next = afterFailure(failed, now, { ...policy, failures });
          expect(next.lockedUntil).toBeNull();
          failed = next.failed;
        }
        expect(afterFailure(failed, now, { ...policy, failures }).lockedUntil).not.toBeNull();
      }),
    );
  });
});
