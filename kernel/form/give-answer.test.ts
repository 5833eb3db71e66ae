import { expect, it } from 'vitest';
import { giveAnswer } from './give-answer.ts';

it('gives a part and keeps the rest', () => {
  const answers = { a: { value: 'fail', note: '南侧' }, b: { value: 1 } };
  expect(giveAnswer(answers, 'a', { value: 'pass' })).toEqual({ a: { value: 'pass', note: '南侧' }, b: { value: 1 } });
  expect(giveAnswer(answers, 'c', { photos: ['x'] }).c).toEqual({ photos: ['x'] });
  expect(answers.a.value).toBe('fail');
});

it('leaves nothing empty behind', () => {
  expect(giveAnswer({ a: { value: 'fail', note: '南侧' } }, 'a', { note: '' })).toEqual({ a: { value: 'fail' } });
  expect(giveAnswer({ a: { value: 'fail', photos: ['x'] } }, 'a', { value: undefined, photos: [] })).toEqual({});
  expect(giveAnswer({ a: { value: 0 } }, 'a', {})).toEqual({ a: { value: 0 } });
});
