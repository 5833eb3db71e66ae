import { asked } from '../workflow-moves.ts';
import type { Next } from '../workflow-step.ts';
import type { Tx } from './db/pool.ts';
import type { MatterRow } from './matter-row.ts';

export type Place = { kind: string; subject: string; org: number | null; line: string | null; party: string | null };
export type Why = 'starter' | 'owner' | 'sign' | 'consult' | 'copy' | 'superior';

/** Names people on a matter: they may see it from now on, wherever it lies; `open` puts it into their inbox. */
export async function involve(tx: Tx, place: Place, people: readonly string[], why: Why, open: boolean): Promise<void> {
  if (people.length === 0) return;
  await tx.client.run(
    `insert into kernel.involvement (subject, kind, person, why, open, org, line, party)
     select $1, $2, person, $4, $5, $6, $7, $8 from unnest($3::uuid[]) person
     on conflict (subject, person, why) do update set open = excluded.open, at = now()`,
    [place.subject, place.kind, [...new Set(people)], why, open, place.org, place.line, place.party],
  );
}

async function release(tx: Tx, subject: string, why: Why, keep: readonly string[]): Promise<void> {
  await tx.client.run('update kernel.involvement set open = false where subject = $1 and why = $2 and open and person <> all($3::uuid[])', [
    subject,
    why,
    [...keep],
  ]);
}

/** Brings the inbox entries of named people in line with who is asked now. Role owners need none: their row says it. */
export async function involveOwner(tx: Tx, place: Place, before: MatterRow | null, next: Next): Promise<void> {
  const owner = next.owner && 'person' in next.owner ? next.owner.person : null;
  const work: Promise<void>[] = [];
  if (before?.owner_person && before.owner_person !== owner) work.push(release(tx, place.subject, 'owner', owner ? [owner] : []));
  if (owner && owner !== before?.owner_person) work.push(involve(tx, place, [owner], 'owner', true));
  const was = before ? before.course.sign || before.course.asked.length > 0 : false;
  const is = next.course.sign || next.course.asked.length > 0;
  if (was || is) {
    const signers = next.course.sign ? asked({ course: { ...next.course, asked: [] } } as never) : [];
    const consulted = next.course.asked.map((one) => one.person);
    if (was) work.push(release(tx, place.subject, 'sign', signers), release(tx, place.subject, 'consult', consulted));
    // All signers may see the matter from the start; in a sequence only the one whose turn it is finds it in the inbox.
    const waiting = (next.course.sign?.signers ?? []).filter((person) => !signers.includes(person));
    if (next.entered) work.push(involve(tx, place, waiting, 'sign', false));
    work.push(involve(tx, place, signers, 'sign', true), involve(tx, place, consulted, 'consult', true));
  }
  await Promise.all(work);
}
