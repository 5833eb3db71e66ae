import type { NoticeReason } from '../../notice-contract.ts';
import type { Owner } from '../../permission.ts';
import { isMove } from '../../workflow.ts';
import { pendingSigners, rungs } from '../../workflow-step.ts';
import type { LedgerEvent } from '../implement.ts';
import { type MatterRow, ownerOf } from '../matter-row.ts';

/** The matter as it stands when the notices are written. */
export type Subject = Pick<
  MatterRow,
  | 'id'
  | 'code'
  | 'title'
  | 'state'
  | 'party'
  | 'owner_person'
  | 'owner_unit'
  | 'owner_role'
  | 'due'
  | 'starter'
  | 'entered_at'
  | 'closed_at'
  | 'exercise'
  | 'course'
>;

/** Whom an event concerns: persons by name, or whoever holds a role. */
export type Told = { why: NoticeReason; people: readonly string[] } | { why: NoticeReason; owner: Owner };

const actionOf = (name: string) => name.slice(name.lastIndexOf('.') + 1);

const isText = (value: unknown): value is string => typeof value === 'string';
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : isText(value) ? [value] : []);

/** Everybody this event concerns, with the reason; somebody may be named more than once. */
export function toldBy(event: LedgerEvent, subject: Subject): Told[] {
  return [...askedToSign(event, subject), ...ownersTold(event, subject), ...personsTold(event, subject)].filter(
    (one) => 'owner' in one || one.people.length > 0,
  );
}

/**
 * The signers whose turn it is now: all of them, or in a sequence (顺序签) the next one, who may come up by another's signature.
 * Whoever has signed before this was read need not be told.
 */
function askedToSign(event: LedgerEvent, subject: Subject): Told[] {
  const round = subject.course.sign;
  if (!round || event.to !== subject.state) return [];
  const entered = event.from !== event.to || Array.isArray(event.data.signers);
  const signed = event.from === event.to && !isMove(actionOf(event.name)) && round.rule === 'sequence';
  return entered || signed ? [{ why: 'sign', people: pendingSigners(round) }] : [];
}

/** Who has it now, when that changed; who has it now, when he is urged or gets the opinion he asked for. */
function ownersTold(event: LedgerEvent, subject: Subject): Told[] {
  const action = actionOf(event.name);
  const told: Told[] = [];
  const owner = ownerIn(event.data.owner);
  if (owner) told.push({ why: 'owner', owner });
  const now = ownerOf(subject);
  if (now && (action === 'urge' || action === 'answer')) told.push({ why: action, owner: now });
  return told;
}

function personsTold(event: LedgerEvent, subject: Subject): Told[] {
  const action = actionOf(event.name);
  const { data } = event;
  const told: Told[] = [{ why: 'copy', people: texts(data.copy) }];
  if (action === 'consult') told.push({ why: 'consult', people: texts(data.person) });
  if (action === 'urge') told.push({ why: 'urge', people: waitedFor(subject) });
  const rung = rungs.find((one) => one === action);
  if (rung) told.push({ why: rung, people: texts(data.people) });
  const closed = subject.closed_at !== null && event.to === subject.state && event.from !== event.to;
  if (closed) told.push({ why: 'closed', people: [subject.starter] });
  return told;
}

function waitedFor({ course }: Subject): string[] {
  return [...(course.sign ? pendingSigners(course.sign) : []), ...course.asked.map((one) => one.person)];
}

/** The ledger's data is what the row says, not what a type promises. */
function ownerIn(value: unknown): Owner | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('person' in value && isText(value.person)) return { person: value.person };
  const role = 'role' in value && isText(value.role) ? value.role : undefined;
  if (role === undefined) return undefined;
  return 'unit' in value && typeof value.unit === 'number' ? ({ unit: value.unit, role } as Owner) : ({ party: true, role } as Owner);
}
