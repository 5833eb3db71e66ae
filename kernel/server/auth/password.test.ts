import { parseOptions, verify } from '@node-rs/argon2';
import { describe, expect, it, vi } from 'vitest';
import { hashPassword, isPassword } from './password.ts';

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  return { ...real, verify: vi.fn(real.verify) };
});

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

  it('cost the same work where there is none: the time of an answer tells nothing', async () => {
    const checked = vi.mocked(verify);
    checked.mockClear();
    await isPassword(await hashPassword('Kx7m-Rf4q'), 'Wrong-2026');
    await isPassword(null, 'Wrong-2026');
    expect(checked).toHaveBeenCalledTimes(2);
    const [known, unknown] = checked.mock.calls.map(([stored]) => parseOptions(stored));
    expect(unknown).toEqual(known);
  });

  it('of nobody are never right', async () => {
    expect(await isPassword(null, '')).toBe(false);
    expect(await isPassword(null, 'Kx7m-Rf4q')).toBe(false);
  });
});
