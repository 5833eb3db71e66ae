import { parseOptions } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './password.ts';

describe('stored passwords', () => {
  it('are argon2id with 19 MiB, two passes, one lane, salted', async () => {
    const [one, other] = await Promise.all([hashPassword('Kx7m-Rf4q'), hashPassword('Kx7m-Rf4q')]);
    expect(one).toMatch(/^\$argon2id\$/);
    expect(parseOptions(one)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(one).not.toBe(other);
  });

  it('are recognised, however the letters were composed, and nothing else is', async () => {
    const stored = await hashPassword('Café-7788');
    expect(await isPassword(stored, 'Café-7788')).toBe(true);
    expect(await isPassword(stored, 'Cafe\u0301-7788')).toBe(true);
    expect(await isPassword(stored, 'Cafe-7788')).toBe(false);
    expect(await isPassword(stored, '')).toBe(false);
  });

  it('of nobody are never right', async () => {
    expect(await isPassword(null, '')).toBe(false);
    expect(await isPassword(null, 'Kx7m-Rf4q')).toBe(false);
  });
});
