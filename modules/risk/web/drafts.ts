import { newId } from '#kernel/id.ts';
import { findTable } from '../grading.ts';
import { type CheckCycle, type Measure, type RiskEvent, type Tree, treeSchema, type Unit } from '../schema.ts';
import { faultsOf } from '../tree.ts';
import { faultWords } from './words.ts';

const first = { zh: '必填', en: 'Needed' };

export const newCycle = (today: string): CheckCycle => ({ every: 1, unit: 'day', days: 'every', from: today, role: 'daily' });

export const newMeasure = (today: string): Measure => ({
  id: newId(),
  kind: 'management',
  content: '',
  check: '',
  automatic: false,
  cycle: newCycle(today),
});

export const newEvent = (today: string): RiskEvent => ({
  id: newId(),
  name: '',
  table: 'lec-2016',
  inherent: {},
  residual: {},
  direct: [],
  control: 'team',
  measures: [newMeasure(today)],
});

export const newUnit = (today: string): Unit => ({ id: newId(), name: '', method: 'scl', events: [newEvent(today)] });

export const newTree = (name: string, today: string): Tree => ({ name, type: 'facility', units: [newUnit(today)] });

/** The same list with one place changed, or without it. */
export const replaced = <T>(list: readonly T[], at: number, by: T): T[] => list.map((one, i) => (i === at ? by : one));
export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);

/** Without a key whose value is empty: what is not said is not sent. */
export function put<T extends object, K extends keyof T>(of: T, key: K, value: T[K] | undefined | ''): T {
  const { [key]: _, ...rest } = of;
  return (value === undefined || value === '' ? rest : { ...rest, [key]: value }) as T;
}

/** Another table has other factors: what was chosen by the old one says nothing there. */
export function withTable(event: RiskEvent, version: string): RiskEvent {
  return findTable(version)?.method === findTable(event.table)?.method
    ? { ...event, table: version }
    : { ...event, table: version, inherent: {}, residual: {} };
}

/** What goes to the server: a measure without something to check has no cycle, one that is watched needs none. */
export function toSend(tree: Tree): Tree {
  const measure = (one: Measure): Measure => {
    const { check, cycle, ...rest } = one;
    const checked = !one.automatic && check !== undefined && check.trim() !== '' && cycle !== undefined;
    return checked ? { ...rest, check, cycle } : rest;
  };
  const event = (one: RiskEvent): RiskEvent => ({ ...one, measures: one.measures.map(measure) });
  return { ...tree, units: tree.units.map((unit) => ({ ...unit, events: unit.events.map(event) })) };
}

export type Places = ReadonlyMap<string, { zh: string; en: string }>;

/** What is wrong, by the place where it is said. */
export function placesOf(tree: Tree): Places {
  const sent = toSend(tree);
  const shaped = treeSchema.safeParse(sent);
  if (!shaped.success) return new Map(shaped.error.issues.map((issue) => [issue.path.join('.'), first]));
  return new Map(faultsOf(shaped.data).map((fault) => [fault.path, faultWords[fault.what]]));
}
