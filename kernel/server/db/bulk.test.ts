import { expect, it } from 'vitest';
import { copyCell } from './bulk.ts';

it('writes values as COPY reads them', () => {
  expect([null, 'a\tb', 'c\\d', 'e\nf', 7, true].map(copyCell)).toEqual(['\\N', 'a\\tb', 'c\\\\d', 'e\\nf', '7', 'true']);
  expect(copyCell(new Date('2026-11-24T00:00:00Z'))).toBe('2026-11-24T00:00:00.000Z');
});
