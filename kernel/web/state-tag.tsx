import { findState, findWorkflow } from './registry.ts';
import { say, t } from './words/words.ts';

export function stateWord(kind: string, state: string): string {
  const label = findState(kind, state);
  return label ? say(label) : state;
}

export function kindWord(kind: string): string {
  const workflow = findWorkflow(kind);
  return workflow ? say(workflow.title) : kind;
}

export function StateTag({ kind, state }: { kind: string; state: string }) {
  const final = findWorkflow(kind)?.states[state]?.final === true;
  return (
    <span className={final ? 'state-tag is-final' : 'state-tag'}>
      {final && <span aria-hidden>✓</span>}
      {stateWord(kind, state)}
    </span>
  );
}

export function ExerciseTag() {
  return <span className="exercise-tag">{t('matter.exercise')}</span>;
}
