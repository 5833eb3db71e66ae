import { describe, expect, it } from 'vitest';
import { findTotpStep, newTotpSecret, totpCode, totpUrl } from './totp.ts';

/** RFC 6238 appendix B, SHA-1: secret `12345678901234567890`; the last six of the eight digits are the six-digit code. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const vectors = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const;

const at = (seconds: number) => new Date(seconds * 1000);

describe('authenticator codes', () => {
  it.each(vectors)('at %i s is RFC 6238 %s', (seconds, eight) => {
    const code = eight.slice(2);
    expect(totpCode(secret, at(seconds))).toBe(code);
    expect(findTotpStep(secret, code, at(seconds), 0)).toBe(Math.floor(seconds / 30));
  });

  it('takes the step before and after, and no other', () => {
    const now = 1234567890;
    const step = Math.floor(now / 30);
    for (const [away, taken] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      const code = totpCode(secret, at(now + away * 30));
      expect(findTotpStep(secret, code, at(now), 0)).toBe(taken ? step + away : undefined);
    }
  });

  it('takes a step once, and none before it', () => {
    const now = 1234567890;
    const step = Math.floor(now / 30);
    const code = totpCode(secret, at(now));
    expect(findTotpStep(secret, code, at(now), step - 1)).toBe(step);
    expect(findTotpStep(secret, code, at(now), step)).toBeUndefined();
    expect(findTotpStep(secret, totpCode(secret, at(now - 30)), at(now), step)).toBeUndefined();
    expect(findTotpStep(secret, totpCode(secret, at(now + 30)), at(now), step)).toBe(step + 1);
  });

  it('refuses other secrets and other lengths', () => {
    const now = at(1234567890);
    expect(findTotpStep(newTotpSecret(), totpCode(secret, now), now, 0)).toBeUndefined();
    expect(findTotpStep(secret, '05924', now, 0)).toBeUndefined();
    expect(findTotpStep(secret, '89005924', now, 0)).toBeUndefined();
  });

  it('makes secrets of 160 bits, each another, and an address that apps understand', () => {
    const made = newTotpSecret();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(made);
    const url = new URL(totpUrl(made, 'zhang.wei'));
    expect(url.protocol).toBe('otpauth:');
    expect(url.host).toBe('totp');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ secret: made, digits: '6', period: '30', algorithm: 'SHA1' });
    expect(decodeURIComponent(url.pathname)).toContain('zhang.wei');
  });
});
