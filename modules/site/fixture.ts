/** Ids of the synthetic objects are fixed, so that tests, demonstration and pictures speak of the same ones. */
export const siteId = (spot: number, kind: number): string => `0190a000-0000-7000-8000-${String(spot * 100 + kind).padStart(12, '0')}`;

/** The shop whose safety manager signs in as the demonstration enterprise: 泉城路百货商场. */
export const fixtureSite = siteId(0, 0);
