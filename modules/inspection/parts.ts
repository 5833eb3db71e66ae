import { fault } from '#kernel/fault.ts';
import type { HazardPart } from './schema.ts';

/** Numbers (from 1) of the parts nobody handed in yet. */
export const openParts = (parts: readonly HazardPart[]): number[] => parts.flatMap((part, i) => (part.done ? [] : [i + 1]));

type Handed = { part: number; measures: string; photos: string[] };

/** The parts after one was handed in by `people` (who acts, and for whom). @throws hazard.part_unknown, part_done, part_of_another */
export function handIn(parts: readonly HazardPart[], given: Handed, people: readonly (string | null)[], now: Date): HazardPart[] {
  const own = parts[given.part - 1];
  if (!own) throw fault('hazard.part_unknown', { part: given.part });
  if (!people.includes(own.rectifier)) throw fault('hazard.part_of_another', { part: given.part });
  if (own.done) throw fault('hazard.part_done', { part: given.part });
  return parts.map((part) => (part === own ? { ...part, done: now.toISOString(), measures: given.measures, photos: given.photos } : part));
}

type Row = {
  grade: 'general' | 'major';
  planDuty: string | null;
  planMeasures: string | null;
  planFunds: number | null;
  planUntil: string | null;
  planEmergency: string | null;
  parts: readonly HazardPart[];
  photosFormer: readonly string[];
};

/** A failed re-check opens all parts again; their photographs are no evidence a second time. */
export function again(row: Pick<Row, 'parts' | 'photosFormer'>): { parts: HazardPart[]; photosFormer: string[] } {
  return {
    parts: row.parts.map((part) => ({ ...part, done: null, photos: [] })),
    photosFormer: [...new Set([...row.photosFormer, ...row.parts.flatMap((part) => part.photos)])],
  };
}

/** 治理方案 of a major hazard (《安全生产事故隐患排查治理暂行规定》第十五条). @throws hazard.plan_needed */
export function requirePlanned(row: Row): void {
  const planned = row.planDuty && row.planMeasures && row.planFunds !== null && row.planUntil && row.planEmergency;
  if (row.grade === 'major' && !planned) throw fault('hazard.plan_needed');
}
