import { expect, it } from 'vitest';
import { isFault } from '#kernel/fault.ts';
import { again, handIn, openParts, requirePlanned } from './parts.ts';
import type { HazardPart } from './schema.ts';

const now = new Date('2026-11-24T02:00:00Z');
const part = (rectifier: string): HazardPart => ({ what: rectifier, rectifier, done: null, measures: null, photos: [] });
const parts = [part('a'), part('b')];
const given = { part: 2, measures: '已更换', photos: ['p'] };
const code = (run: () => unknown): string => {
  try {
    run();
    return 'done';
  } catch (error) {
    return isFault(error) ? error.code : 'not a fault';
  }
};

it('hands in one part and leaves the others open', () => {
  const after = handIn(parts, given, ['b', null], now);
  expect(openParts(after)).toEqual([1]);
  expect(after[1]).toMatchObject({ done: now.toISOString(), measures: '已更换', photos: ['p'] });
  expect(openParts(handIn(after, { ...given, part: 1 }, ['x', 'a'], now))).toEqual([]);
});

it('refuses a part of somebody else, one that is done, one that is not there', () => {
  expect(code(() => handIn(parts, given, ['a', null], now))).toBe('hazard.part_of_another');
  expect(code(() => handIn(handIn(parts, given, ['b'], now), given, ['b'], now))).toBe('hazard.part_done');
  expect(code(() => handIn(parts, { ...given, part: 3 }, ['b'], now))).toBe('hazard.part_unknown');
});

it('opens every part again after a failed re-check, and keeps its photographs from being used twice', () => {
  const failed = again({ parts: handIn(parts, given, ['b'], now), photosFormer: ['q'] });
  expect(openParts(failed.parts)).toEqual([1, 2]);
  expect(failed.photosFormer).toEqual(['q', 'p']);
});

it('asks a major hazard, and no other, for all five of its plan', () => {
  const row = {
    grade: 'major' as const,
    planDuty: '总经理',
    planMeasures: '更换',
    planFunds: 0,
    planUntil: now.toISOString(),
    planEmergency: '停用',
    parts,
    photosFormer: [],
  };
  expect(code(() => requirePlanned(row))).toBe('done');
  expect(code(() => requirePlanned({ ...row, planEmergency: null }))).toBe('hazard.plan_needed');
  expect(code(() => requirePlanned({ ...row, grade: 'general', planDuty: null }))).toBe('done');
});
