import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startLoop } from './loop.ts';

const silent = () => undefined;

it('works on at once while there is more, then when poked', async () => {
  let left = 3;
  let turns = 0;
  const loop = startLoop(
    async () => {
      turns++;
      return left-- > 0;
    },
    { idleMs: 60_000, onError: silent },
  );
  await expect.poll(() => turns).toBe(4);
  await sleep(30);
  expect(turns).toBe(4);
  loop.poke();
  await expect.poll(() => turns).toBe(5);
  await loop.stop();
});

it('does not lose a poke that comes while it works', async () => {
  let turns = 0;
  let release: () => void = silent;
  const loop = startLoop(
    async () => {
      turns++;
      if (turns === 1) await new Promise<void>((resolve) => (release = resolve));
      return false;
    },
    { idleMs: 60_000, onError: silent },
  );
  await expect.poll(() => turns).toBe(1);
  loop.poke();
  release();
  await expect.poll(() => turns).toBe(2);
  await loop.stop();
});

it('waits longer after each failure, and goes on', async () => {
  const failures: number[] = [];
  const loop = startLoop(
    async () => {
      if (failures.length < 3) throw new Error('no');
      return false;
    },
    { idleMs: 60_000, backOffMs: 5, onError: (_, n) => failures.push(n) },
  );
  await expect.poll(() => failures).toEqual([1, 2, 3]);
  await loop.stop();
});

it('comes back when it was told to', async () => {
  let turns = 0;
  const loop = startLoop(async () => (++turns < 3 ? 5 : 60_000), { idleMs: 60_000, onError: silent });
  await expect.poll(() => turns).toBe(3);
  await loop.stop();
});

it('stops after the work that is running', async () => {
  let done = false;
  const loop = startLoop(
    async () => {
      await sleep(50);
      done = true;
      return false;
    },
    { idleMs: 1, onError: silent },
  );
  await loop.stop();
  expect(done).toBe(true);
});
