import type { MatterRecord } from '../../matter-contract.ts';
import { isMove } from '../../workflow.ts';
import type { Acted } from '../api.ts';
import { dateText } from '../clock.tsx';
import { findAction, findWorkflow } from '../registry.ts';
import { stateWord } from '../state-tag.tsx';
import { getLang, say, t } from '../words/words.ts';
import { ownerText } from './owner-text.ts';

type After = Pick<MatterRecord, 'owner' | 'state' | 'due' | 'code' | 'allowed'>;

/**
 * What happened and what comes next: `已复查不通过：现为“整改中”，由泉城路街道办理，期限 11月26日`. `after` is the record as it can be read
 * afterwards; undefined when it went out of the person's sight. `before` is the state it was in, null for a new matter.
 */
export function outcomeWords(
  kind: string,
  action: string,
  acted: Acted,
  after: After | undefined,
  before: string | null,
  now: Date,
): string {
  const label = findAction(kind, action)?.label;
  const did = t('done.did', { action: label ? say(label) : action });
  const parts = [nextWords(kind, action, acted, after, before)];
  if (acted.due !== null) parts.push(t('done.due', { due: dateText(acted.due, now) }));
  if (before === null) parts.unshift(t('done.code', { code: acted.code }));
  const zh = getLang() === 'zh';
  return `${did}${zh ? '：' : ' – '}${parts.join(zh ? '，' : ', ')}${zh ? '。' : '.'}`;
}

function nextWords(kind: string, action: string, acted: Acted, after: After | undefined, before: string | null): string {
  const state = stateWord(kind, acted.state);
  if (findWorkflow(kind)?.states[acted.state]?.final) return t('done.closed', { state });
  if (after === undefined) return t('done.next_unseen', { state });
  const owner = ownerText(after.owner) || t('say.none');
  if (before === acted.state && !(isMove(action) && action === 'transfer')) return t('done.stays', { owner, state });
  const mine = after.allowed.some((one) => !one.move && one.primary);
  return mine ? t('done.next_me', { state }) : t('done.next', { state, owner });
}
