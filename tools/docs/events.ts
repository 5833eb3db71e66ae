import type { ModuleContract } from '#kernel/contract.ts';
import type { Text } from '#kernel/text.ts';
import { type AnyWorkflow, actionName, moveNames, moves } from '#kernel/workflow.ts';
import { rungs } from '#kernel/workflow-step.ts';
import { both, code, page, table } from './markdown.ts';

export type EventName = { name: string; title: Text; origin: string };

function flowEvents(workflow: AnyWorkflow, ladder: Readonly<Record<string, Text>>): EventName[] {
  const event = (origin: string) => (name: string, title: Text) => ({ name: actionName(workflow.kind, name), title, origin });
  return [
    ...Object.entries(workflow.starts).map(([name, { label }]) => event('start')(name, label)),
    ...Object.entries(workflow.actions).map(([name, { label }]) => event('step')(name, label)),
    ...moveNames.map((name) => event('move')(name, moves[name].label)),
    ...rungs.flatMap((name) => (ladder[name] ? [event('clock')(name, ladder[name])] : [])),
  ];
}

/** All names that can stand in the ledger, by module. A query stands there only when it reads personal data. */
export function eventNames(module: ModuleContract, ladder: Readonly<Record<string, Text>>): EventName[] {
  const full = (name: string) => (name.startsWith(`${module.name}.`) ? name : `${module.name}.${name}`);
  const isRung = (name: string) => Object.is(module.events, ladder) && rungs.some((rung) => rung === name);
  return [
    ...module.workflows.flatMap((workflow) => flowEvents(workflow, ladder)),
    ...module.actions.map(({ name, label }) => ({ name: full(name), title: label, origin: 'action' })),
    ...module.queries
      .filter((query) => query.personal)
      .map(({ name, label }) => ({ name: full(name), title: label, origin: 'personal data read' })),
    ...Object.entries(module.events).flatMap(([name, title]) => (isRung(name) ? [] : [{ name: full(name), title, origin: 'event' }])),
  ];
}

/** Every event name of the ledger. */
export function eventsPage(contracts: readonly ModuleContract[]): string {
  const ladder = contracts.find((module) => module.name === 'matter')?.events ?? {};
  const sections = contracts.flatMap((module) => {
    const events = eventNames(module, ladder);
    const rows = events.map(({ name, title, origin }) => [code(name), both(title), origin]);
    return events.length > 0 ? [`## ${both(module.title)} ${code(module.name)}\n`, table(['event', '', 'origin'], rows)] : [];
  });
  return page(
    'Events 事件',
    'Each is a row of the ledger (`kernel.event`) and, for those who may see it, a message of `GET /api/live`.',
    ...sections,
  );
}
