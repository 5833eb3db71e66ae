import { allWorkflows } from '../registry.ts';
import { type Me, startsFor } from '../session.ts';
import { say } from '../words/words.ts';

export type StartLink = { kind: string; start: string; label: string; under: string };

/** Everything this person may start, with words. */
export function startLinks(me: Me): StartLink[] {
  return allWorkflows().flatMap((workflow) =>
    startsFor(me, workflow).map((start) => ({
      kind: workflow.kind,
      start,
      label: say(workflow.starts[start]?.label ?? workflow.title),
      under: say(workflow.title),
    })),
  );
}
