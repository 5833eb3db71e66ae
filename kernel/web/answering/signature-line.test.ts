import { describe, expect, it } from 'vitest';
import { inkLength, strokePath } from './signature-line.ts';

describe('strokePath', () => {
  it('draws nothing, a dot, a straight line', () => {
    expect(strokePath([])).toBe('');
    expect(strokePath([{ x: 3, y: 4 }])).toBe('M 3 4 L 3.1 4');
    expect(
      strokePath([
        { x: 0, y: 0 },
        { x: 10, y: 0 },
      ]),
    ).toBe('M 0 0 L 10 0');
  });

  it('curves through the middles and ends where the pen was lifted', () => {
    const path = strokePath([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10.04 },
    ]);
    expect(path).toBe('M 0 0 Q 10 0 10 5 Q 10 10 5 10 L 0 10');
  });
});

it('inkLength adds up what was drawn, not the way between strokes', () => {
  expect(inkLength([])).toBe(0);
  expect(
    inkLength([
      [
        { x: 0, y: 0 },
        { x: 3, y: 4 },
      ],
      [
        { x: 100, y: 100 },
        { x: 100, y: 110 },
      ],
    ]),
  ).toBe(15);
});
