import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { assertSeparation } from '#kernel/separation.ts';
import { jinanUnits } from '../data/jinan-units.ts';
import { demoAccounts, fixtureAccounts, fixturePeople, fixtureUnits } from '../fixture.ts';
import { maskPhone } from '../schema.ts';
import { initialsOf } from './initials.ts';
import { seedId } from './seed-names.ts';
import { headTitle, roster } from './seed-roster.ts';

const units = jinanUnits();
const everybody = roster(units);
const codes = new Set(units.map((one) => one.code));

describe('the fixture city', () => {
  test('ids and names are unique, ids are UUIDs, telephone numbers are nobody’s', () => {
    expect(new Set(everybody.map((one) => one.id)).size).toBe(everybody.length);
    expect(new Set(everybody.map((one) => one.name)).size).toBe(everybody.length);
    for (const { id, phone } of everybody) {
      expect(z.uuid().safeParse(id).success).toBe(true);
      expect(phone).toMatch(/^100\d{8}$/);
    }
  });
  test('everybody is the same at every call', () => {
    expect(roster(units)).toEqual(everybody);
    expect(seedId('post', 'a')).not.toBe(seedId('person', 'a'));
  });
  test('every post names a unit that exists, and nobody mixes administration with business', () => {
    for (const { posts, party } of everybody) {
      for (const post of posts) expect(post.unit === null ? party !== null : codes.has(post.unit)).toBe(true);
      expect(() => assertSeparation(posts.map((post) => post.role))).not.toThrow();
    }
    for (const code of Object.values(fixtureUnits)) expect(codes.has(code)).toBe(true);
  });
  test('no post is filled twice where one person is enough', () => {
    const heads = everybody.flatMap((one) => one.posts).filter((post) => post.role === 'leader' && post.ordering === 10);
    expect(new Set(heads.map((post) => post.unit)).size).toBe(heads.length);
  });
  test('logins are unique and every shown account is one of them', () => {
    expect(new Set(fixtureAccounts.map((one) => one.login)).size).toBe(fixturePeople.length);
    for (const one of demoAccounts) expect(fixtureAccounts.map((account) => account.login)).toContain(one.login);
  });
});

test('heads of organs are called as their organ asks', () => {
  expect(['济南市公安局历下区分局', '济南市发展和改革委员会', '历下区消防救援大队', '济南市消防救援支队'].map(headTitle)).toEqual([
    '局长',
    '主任',
    '大队长',
    '支队长',
  ]);
});

test('initials: surnames have their own reading, Latin stays, signs go', () => {
  expect(['张建国', '单雄信', '曾国藩', 'Li Lei', '王·A'].map(initialsOf)).toEqual(['zjg', 'sxx', 'zgf', 'lilei', 'wa']);
});

test('a masked number keeps the first three and last four digits; a short one nothing', () => {
  expect([maskPhone('10012345678'), maskPhone('12345'), maskPhone(null)]).toEqual(['100****5678', '*****', null]);
});
