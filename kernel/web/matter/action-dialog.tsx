import { Alert, Modal } from 'antd';
import { useMemo } from 'react';
import type { MatterRecord } from '../../matter-contract.ts';
import { type AnyWorkflow, isMove } from '../../workflow.ts';
import { targetsOf } from '../../workflow-lint.ts';
import { SchemaForm } from '../form/schema-form.tsx';
import { findAction, findWorkflow } from '../registry.ts';
import { useMe } from '../session.ts';
import { stateWord } from '../state-tag.tsx';
import { getLang, say, t } from '../words/words.ts';
import { ConflictNote } from './conflict-note.tsx';
import { formSchema } from './fields-of-kind.ts';
import { useSubmitAct } from './use-submit-act.ts';
import '../styles/dialog.css';

type Props = { record: MatterRecord; action: string; onClose: () => void };

/** The form of one action: what it asks for, what it rests on, where it leads. */
export function ActionDialog({ record, action, onClose }: Props) {
  const me = useMe();
  const { submit, conflict } = useSubmitAct(record, action, onClose);
  const { kind, id } = record;
  const workflow = findWorkflow(kind);
  const definition = workflow?.actions[action];
  const words = findAction(kind, action);
  const label = words ? say(words.label) : action;
  const schema = useMemo(() => formSchema(kind, action, { label: { zh: '退回到', en: 'Back to' }, widget: 'step' }), [kind, action]);
  const empty = Object.keys(schema.shape).length === 0;
  const allowed = (conflict ?? record).allowed.find((one) => one.action === action);
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={label}
      width={680}
      className="action-dialog"
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="action-subject quiet">{record.title}</p>
      {definition?.because && (
        <p className="quiet">{t('record.because', { laws: definition.because.join(getLang() === 'zh' ? '、' : ', ') })}</p>
      )}
      {workflow && <p className="action-leads">{leadsWords(workflow, record, action)}</p>}
      {(definition?.danger || action === 'override') && <Alert type="warning" title={t('record.danger')} />}
      {conflict && <ConflictNote record={conflict} action={label} possible={allowed !== undefined} />}
      {empty && <p>{t('action.confirm_only', { action: label })}</p>}
      <SchemaForm
        schema={schema}
        initial={knownFacts(record, Object.keys(schema.shape))}
        facts={{ kind, steps: stepsFor(workflow, record, action) }}
        {...(empty ? {} : { draft: `${me.person}.${kind}.${action}.${id}` })}
        submitLabel={conflict ? t('action.submit_anyway') : label}
        danger={allowed?.danger === true}
        blocked={conflict !== undefined && allowed === undefined}
        onSubmit={submit}
        onCancel={onClose}
      />
    </Modal>
  );
}

/** Nothing is asked twice: what the record already says is filled in. Evidence is always new. */
function knownFacts(record: MatterRecord, names: readonly string[]): Record<string, unknown> {
  const known = names.map((name) => [name, record.fields[name]] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== null && value !== undefined && !Array.isArray(value)));
}

function stepsFor(workflow: AnyWorkflow | undefined, record: MatterRecord, action: string): { value: string; label: string }[] {
  const names =
    action === 'override'
      ? Object.entries(workflow?.states ?? {}).flatMap(([name, state]) => (state.final || state.sign ? [] : [name]))
      : record.flow.trail.slice(0, -1).map((visit) => visit.state);
  return names.map((name) => ({ value: name, label: stateWord(record.kind, name) }));
}

function leadsWords(workflow: AnyWorkflow, record: MatterRecord, action: string): string {
  const { kind, state, flow } = record;
  const to = workflow.actions[action]?.to;
  if (isMove(action) || to === undefined) return '';
  if (to === '=') return t('action.stays', { state: stateWord(kind, state) });
  if (typeof to === 'object' && 'back' in to) {
    if (to.back === 'any') return t('action.leads_back_any');
    if (to.back === 'first') return t('action.leads_back_first');
    return t('action.leads_back_previous', { state: stateWord(kind, flow.trail.at(-2)?.state ?? state) });
  }
  const targets = targetsOf(workflow, action, state).map((target) => stateWord(kind, target));
  const states = targets.join(t('say.join'));
  return targets.length > 1 ? t('action.leads_any', { states }) : t('action.leads_to', { states });
}
