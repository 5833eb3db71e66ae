import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Running, runningEffect } from './running-effect.ts';

const running = (part: Partial<Running>): Running => ({
  planned: 100,
  done: 100,
  due: 10,
  accepted: 10,
  dutyDeduction: 0,
  fewDeduction: 0,
  veto: false,
  ...part,
});

describe('running effect', () => {
  it.each([
    [{}, 100, 'excellent'],
    [{ done: 95, accepted: 9 }, 92.5, 'excellent'],
    [{ done: 90, accepted: 9 }, 90, 'excellent'],
    [{ done: 89.9, accepted: 9 }, 89.95, 'good'],
    [{ done: 60, accepted: 6 }, 60, 'fair'],
    [{ done: 0, accepted: 0 }, 0, 'poor'],
    [{ veto: true }, 0, 'poor'],
    [{ planned: 0, done: 0, due: 0, accepted: 0 }, 100, 'excellent'],
    [{ done: 2, dutyDeduction: 5 }, 50, 'poor'],
  ] as const)('%j: %d', (part, score, grade) => expect(runningEffect(running(part))).toMatchObject({ score, grade }));
});

const vectors = fileURLToPath(new URL('../../../shared/vectors/dual_prevention.json', import.meta.url));

describe.skipIf(!existsSync(vectors))('published vectors (skipped where they are absent)', () => {
  type Vector = Omit<Running, 'dutyDeduction' | 'fewDeduction'> & {
    baobaoDeduction: number;
    tooFewDeduction: number;
    expect: { A: number; B: number; E: number };
  };
  it('are all met', () => {
    const { runningEffect: published } = JSON.parse(readFileSync(vectors, 'utf8')) as { runningEffect: { vectors: Vector[] } };
    for (const { baobaoDeduction, tooFewDeduction, expect: wanted, ...rest } of published.vectors) {
      const got = runningEffect({ ...rest, dutyDeduction: baobaoDeduction, fewDeduction: tooFewDeduction });
      expect([got.tasks, got.hazards, got.score]).toEqual([wanted.A, wanted.B, wanted.E]);
    }
  });
});
