import { factorFaults, findTable, type Grading, grade, worst } from './grading.ts';
import { type ControlLevel, controlLevels, type Level } from './grading-tables.ts';
import type { CheckCycle, Measure, RiskEvent, Tree, Unit } from './schema.ts';

export type GradedEvent = { unit: Unit; event: RiskEvent; inherent: Grading; residual: Grading };
export type GradedTree = { events: GradedEvent[]; inherent: Level; residual: Level };

/** What is wrong with a tree beyond its shape; `path` leads to the place, as in `units.0.events.1.residual`. */
export type TreeFault = { path: string; what: (typeof treeFaults)[number] };
export const treeFaults = [
  'factor', // not a value of the table
  'worse', // residual worse than inherent
  'control', // a lower level answers than the level of the risk allows
  'no_measures',
  'no_plan', // major or larger risk without a special plan
  'no_check', // no measure of the event is checked or watched
  'cycle', // working time or item number missing or foreign
  'repeated', // an id stands twice
] as const;

/** @throws RangeError on factors outside their tables; ask `faultsOf` before. */
export function gradeTree(tree: Tree): GradedTree {
  const events = tree.units.flatMap((unit) => unit.events.map((event) => ({ unit, event, ...gradeEvent(event) })));
  const of = (side: 'inherent' | 'residual') => worst(events.map((one) => one[side].level)) ?? 4;
  return { events, inherent: of('inherent'), residual: of('residual') };
}

/** The direct rules speak of the danger itself: measures lower the residual risk by its factors only where none applies. */
function gradeEvent(event: RiskEvent): { inherent: Grading; residual: Grading } {
  const table = findTable(event.table);
  if (!table) throw new RangeError(`no grading table ${event.table}`);
  return { inherent: grade(table, event.inherent, event.direct), residual: grade(table, event.residual, event.direct) };
}

export function faultsOf(tree: Tree): TreeFault[] {
  const faults: TreeFault[] = repeated(tree);
  let worstLevel = 4;
  tree.units.forEach((unit, u) => {
    unit.events.forEach((event, e) => {
      const path = `units.${u}.events.${e}`;
      const found = eventFaults(event, path);
      faults.push(...found);
      if (!found.some((one) => one.what === 'factor')) worstLevel = Math.min(worstLevel, gradeEvent(event).inherent.level);
    });
  });
  // 《山东省安全生产条例》第三十一条: a special plan for major and larger risks.
  if (worstLevel <= 2 && tree.plan === undefined) faults.push({ path: 'plan', what: 'no_plan' });
  return faults;
}

function eventFaults(event: RiskEvent, path: string): TreeFault[] {
  const table = findTable(event.table);
  if (!table) return [{ path: `${path}.table`, what: 'factor' }];
  const wrong = (['inherent', 'residual'] as const).filter((side) => factorFaults(table, event[side]).length > 0);
  if (wrong.length > 0) return wrong.map((side) => ({ path: `${path}.${side}`, what: 'factor' }));
  const faults: TreeFault[] = [];
  const { inherent, residual } = gradeEvent(event);
  if (residual.score > inherent.score) faults.push({ path: `${path}.residual`, what: 'worse' });
  if (rank(event.control) > rank(inherent.control)) faults.push({ path: `${path}.control`, what: 'control' });
  if (event.measures.length === 0) faults.push({ path: `${path}.measures`, what: 'no_measures' });
  else if (!event.measures.some((one) => one.automatic || (one.check !== undefined && one.cycle !== undefined)))
    faults.push({ path: `${path}.measures`, what: 'no_check' });
  event.measures.forEach((measure, m) => {
    if (measure.cycle && !soundCycle(measure.cycle)) faults.push({ path: `${path}.measures.${m}.cycle`, what: 'cycle' });
  });
  return faults;
}

const rank = (control: ControlLevel) => Object.keys(controlLevels).indexOf(control);

/** Hours need their working time; the three responsible persons' tasks name the item of their list (1–9, 1–9, 1–10). */
function soundCycle(cycle: CheckCycle): boolean {
  if (cycle.unit === 'hour' && !(cycle.workFrom !== undefined && cycle.workTo !== undefined && cycle.workFrom < cycle.workTo)) return false;
  if (cycle.role === 'daily') return true;
  return cycle.item !== undefined && cycle.item <= (cycle.role === 'operation' ? 10 : 9);
}

function repeated(tree: Tree): TreeFault[] {
  const seen = new Set<string>();
  const faults: TreeFault[] = [];
  const look = (id: string, path: string) => (seen.has(id) ? faults.push({ path, what: 'repeated' }) : seen.add(id));
  tree.units.forEach((unit, u) => {
    look(unit.id, `units.${u}`);
    unit.events.forEach((event, e) => {
      look(event.id, `units.${u}.events.${e}`);
      for (const [m, measure] of event.measures.entries()) look(measure.id, `units.${u}.events.${e}.measures.${m}`);
    });
  });
  return faults;
}

/** A measure that is checked by hand, with what a person at the place needs to know. */
export type Plan = { measure: Measure & { check: string; cycle: CheckCycle }; event: RiskEvent; unit: Unit; level: Level };

export function plansOf(tree: Tree): Plan[] {
  return gradeTree(tree).events.flatMap(({ unit, event, inherent }) =>
    event.measures.flatMap((measure) => {
      const { check, cycle, automatic } = measure;
      return automatic || check === undefined || cycle === undefined
        ? []
        : [{ measure: { ...measure, check, cycle }, event, unit, level: inherent.level }];
    }),
  );
}
