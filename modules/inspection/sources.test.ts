import { expect, it } from 'vitest';
import { dangerSource, industrySection, usualSource } from './sources.ts';

it('reads the section from a code of GB/T 4754 with and without its letter', () => {
  expect(['C2614', '2614', '05', '97', '98', '', null, 'C'].map(industrySection)).toEqual(['C', 'C', 'A', 'T', null, null, null, 'C']);
});

it('numbers sources as the exchange model does', () => {
  expect([dangerSource('routine'), dangerSource('measure'), dangerSource('other'), dangerSource('government')]).toEqual([1, 9, 10, 10]);
});

it('supposes the reporter’s own kind of check', () => {
  expect(usualSource(['enterprise'], false)).toBe('routine');
  expect(usualSource(['enterprise', 'officer'], false)).toBe('government');
  expect(usualSource(['enterprise'], true)).toBe('measure');
});
