import { z } from 'zod';

/**
 * 隐患来源: 1-10 are dangerSrc of the national dual-prevention exchange model (T_YHZLXX, in its order); the rest are those of a
 * supervising authority, which that model does not know.
 */
export const hazardSources = {
  routine: { zh: '日常排查', en: 'Routine check' },
  comprehensive: { zh: '综合性排查', en: 'Comprehensive check' },
  special: { zh: '专业性排查', en: 'Specialist check' },
  seasonal: { zh: '季节性排查', en: 'Seasonal check' },
  holiday: { zh: '重点时段及节假日前排查', en: 'Before holidays and key periods' },
  analogy: { zh: '事故类比排查', en: 'After a similar accident' },
  resumption: { zh: '复产复工前排查', en: 'Before resuming work' },
  expert: { zh: '外聘专家诊断', en: 'Outside experts' },
  measure: { zh: '管控措施失效', en: 'A control measure failed' },
  other: { zh: '其他', en: 'Other' },
  government: { zh: '政府检查', en: 'Government inspection' },
  public: { zh: '群众举报', en: 'Report by the public' },
  sensor: { zh: '传感报警', en: 'Sensor alarm' },
  system: { zh: '系统生成', en: 'Made by the system' },
} as const;

export type HazardSource = keyof typeof hazardSources;
export const source = z.enum(Object.keys(hazardSources) as [HazardSource, ...HazardSource[]]);

/** What a report comes from when nobody said: the enterprise's own daily check, or an inspection by the authority. */
export function usualSource(roles: readonly string[], fromCheck: boolean): HazardSource {
  if (fromCheck) return 'measure';
  return roles.length > 0 && roles.every((role) => role === 'enterprise') ? 'routine' : 'government';
}

/** 1-10 of the exchange model; what the authority found is 10 其他 there. */
export function dangerSource(value: HazardSource): number {
  const at = Object.keys(hazardSources).indexOf(value);
  return at < 10 ? at + 1 : 10;
}

/** Divisions of GB/T 4754-2017 by their section letter, first and last. */
const sections: readonly (readonly [string, number, number])[] = [
  ['A', 1, 5],
  ['B', 6, 12],
  ['C', 13, 43],
  ['D', 44, 46],
  ['E', 47, 50],
  ['F', 51, 52],
  ['G', 53, 60],
  ['H', 61, 62],
  ['I', 63, 65],
  ['J', 66, 69],
  ['K', 70, 70],
  ['L', 71, 72],
  ['M', 73, 75],
  ['N', 76, 79],
  ['O', 80, 82],
  ['P', 83, 83],
  ['Q', 84, 85],
  ['R', 86, 90],
  ['S', 91, 96],
  ['T', 97, 97],
];

/** Section letter of a code of GB/T 4754-2017 (`C2614`, `2614`, `26`, `C`); null when it is none. */
export function industrySection(code: string | null): string | null {
  if (!code) return null;
  if (/^[A-T]/.test(code)) return code.charAt(0);
  const division = /^\d{2}/.test(code) ? Number(code.slice(0, 2)) : 0;
  return sections.find(([, first, last]) => division >= first && division <= last)?.[0] ?? null;
}
