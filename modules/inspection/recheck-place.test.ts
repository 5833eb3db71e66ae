import { expect, it } from 'vitest';
import { metresBetween, mustExplain } from './recheck-place.ts';

const shop = { lng: 117.02, lat: 36.665 };
const north = (metres: number) => ({ lng: shop.lng, lat: shop.lat + metres / 111_195 });

it('measures in whole metres', () => {
  expect(metresBetween(north(300), shop)).toBe(300);
  expect(metresBetween(null, shop)).toBeNull();
  expect(metresBetween(shop, null)).toBeNull();
});

it('asks why when there is no position or it is too far, and not on the limit itself', () => {
  expect(mustExplain(north(500), shop, 500)).toBe(false);
  expect(mustExplain(north(502), shop, 500)).toBe(true);
  expect(mustExplain(null, shop, 500)).toBe(true);
  expect(mustExplain(null, null, 500)).toBe(true);
  expect(mustExplain(shop, null, 500)).toBe(false);
});
