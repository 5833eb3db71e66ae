/**
 * Codes that were Jinan's, or have become part of it. `until` is the day of the State Council's approval where it is known, or of
 * its announcement; `confidence` V: read in a published source, K: well known. Old codes live on in other systems for years.
 */
export type FormerCode = { code: string; name: string; current: string; until: string; confidence: 'V' | 'K' };

export const formerCodes: readonly FormerCode[] = [
  { code: '370123', name: '长清县', current: '370113', until: '2001-06', confidence: 'V' },
  { code: '370181', name: '章丘市', current: '370114', until: '2016-09-14', confidence: 'V' },
  { code: '370125', name: '济阳县', current: '370115', until: '2018', confidence: 'K' },
  { code: '371200', name: '莱芜市', current: '370100', until: '2019-01-09', confidence: 'V' },
  { code: '371202', name: '莱芜市莱城区', current: '370116', until: '2019-01-09', confidence: 'V' },
  { code: '371203', name: '莱芜市钢城区', current: '370117', until: '2019-01-09', confidence: 'V' },
];
