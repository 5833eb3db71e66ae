import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { fillPlaces } from './words.ts';
import { type Key, zh } from './zh.ts';

const places = (template: string) => [...new Set([...template.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort().join();
const keys = Object.keys(zh) as Key[];

describe('the dictionary', () => {
  it('says something in both languages for every key', () => {
    expect(keys.filter((key) => zh[key].trim() === '' || en[key].trim() === '')).toEqual([]);
  });

  it('fills the same places in both languages', () => {
    expect(keys.filter((key) => places(zh[key]) !== places(en[key]))).toEqual([]);
  });

  it('has no Chinese left in the English words', () => {
    expect(keys.filter((key) => key !== 'lang.switch' && /\p{Script=Han}/u.test(en[key]))).toEqual([]);
  });
});

describe('fillPlaces', () => {
  it('fills values, groups thousands and chooses the plural', () => {
    expect(fillPlaces('共 {n} 条', { n: 12345 })).toBe('共 12,345 条');
    expect(fillPlaces('{n} {n:record|records}', { n: 1 })).toBe('1 record');
    expect(fillPlaces('{n} {n:record|records}', { n: 0 })).toBe('0 records');
  });

  it('leaves an unknown place visible and never reads a value as a template', () => {
    expect(fillPlaces('{a} {b}', { a: '{b}' })).toBe('{b} {b}');
  });
});
