import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { hasRole, type Owner } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow, write } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { type EffectContext, implementWorkflow } from '#kernel/server/implement.ts';
import { shiftRoles } from '../schema.ts';
import { swap } from '../swap.workflow.ts';
import { asOrgFault } from './database-fault.ts';
import { getDesk, getShift, type Shift, shiftsWhere } from './desk-row.ts';

type SwapContext = EffectContext<typeof swap>;

const china = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const said = (shift: Shift): string => `${china.format(shift.startsAt)} ${shiftRoles[shift.role].zh}`;

/** The two shifts as they stand now, if they are still the ones that were spoken of and nobody has begun them. */
async function shiftsOf(ctx: SwapContext): Promise<[Shift, Shift | null]> {
  const { row } = ctx.matter;
  const found = await shiftsWhere(ctx.tx, sql`s.id = any(${[row.shift, ...(row.otherShift ? [row.otherShift] : [])]}::uuid[])`);
  const mine = found.find((shift) => shift.id === row.shift && shift.person === ctx.matter.starter);
  const theirs = found.find((shift) => shift.id === row.otherShift && shift.person === row.other) ?? null;
  if (!mine || (row.otherShift !== null && !theirs)) throw fault('swap.shift_changed');
  requireAhead(ctx, mine, theirs);
  return [mine, theirs];
}

function requireAhead(ctx: Context, ...shifts: (Shift | null)[]): void {
  if (shifts.some((shift) => shift !== null && shift.startsAt <= ctx.now)) throw fault('swap.begun');
}

const firstStart = (...shifts: (Shift | null)[]): Date =>
  new Date(Math.min(...shifts.flatMap((shift) => (shift ? [shift.startsAt.getTime()] : []))));

/** Who approves: the leaders of the desk's unit; when they are only the two themselves, the leader above. */
async function approver(ctx: SwapContext): Promise<Owner> {
  const { desk, other } = ctx.matter.row;
  const sides = [ctx.matter.starter, other];
  const book = ctx.use(directory);
  const owner: Owner = { unit: desk, role: 'leader' };
  const leaders = await book.holders(ctx.tx, owner, null, ctx.now);
  if (leaders.some((one) => !sides.includes(one.id))) return owner;
  for (const rung of [1, 2] as const) {
    const above = (await book.superiors(ctx.tx, owner, ctx.matter.org, rung, ctx.now)).find((one) => !sides.includes(one.id));
    if (above) return { person: above.id };
  }
  throw fault('workflow.no_owner', { who: '值班室负责人' });
}

/** Both shifts change hands in one statement: no moment in which somebody is on duty twice. */
async function exchange(ctx: SwapContext, mine: Shift, theirs: Shift | null): Promise<void> {
  const ids = [mine.id, ...(theirs ? [theirs.id] : [])];
  const people = [ctx.matter.row.other, ...(theirs ? [ctx.matter.starter] : [])];
  try {
    await write(
      ctx.tx,
      sql`update org.duty_shift s set person = t.person from unnest(${ids}::uuid[], ${people}::uuid[]) as t (id, person) where s.id = t.id`,
    );
  } catch (error) {
    throw asOrgFault(error);
  }
}

/** Refuses early what approval would refuse: the person is on duty at another desk, or twice in a row at this one, at that time. */
async function requireFree(ctx: Context, person: string, shift: Shift, leaving: string | null): Promise<void> {
  const clash = await findRow(
    ctx.tx,
    sql`select 1 as one from org.duty_shift s where s.person = ${person}::uuid and s.starts_at < ${shift.endsAt} and s.ends_at > ${shift.startsAt}
      and s.id is distinct from ${leaving}::uuid limit 1`,
  );
  if (!clash) return;
  const [named] = await ctx.use(directory).personNames(ctx.tx, [person]);
  throw fault('swap.clash', { name: named?.name ?? '' });
}

async function requireNotPending(ctx: Context, shifts: readonly string[]): Promise<void> {
  const open = await findRow(
    ctx.tx,
    sql`select 1 as one from org.swap where closed_at is null and (shift = any(${[...shifts]}::uuid[]) or other_shift = any(${[...shifts]}::uuid[])) limit 1`,
  );
  if (open) throw fault('swap.pending');
}

export const swapServer = implementWorkflow(swap)({
  starts: {
    async request(ctx, input) {
      const mine = await getShift(ctx.tx, input.shift);
      if (mine.person !== ctx.who.person) throw fault('org.shift_not_yours');
      const theirs = input.otherShift === undefined ? null : await getShift(ctx.tx, input.otherShift);
      if (theirs && theirs.person !== input.other) throw fault('swap.shift_changed');
      if (theirs && (theirs.desk !== mine.desk || theirs.role !== mine.role)) throw fault('swap.same_desk');
      requireAhead(ctx, mine, theirs);
      const other = await ctx.use(directory).findPrincipal(ctx.tx, input.other, ctx.now);
      // Who could never accept is not asked, nor named in the title: an id alone tells no name of an enterprise's people.
      if (!other || !hasRole(other, swap.actions.accept.by) || input.other === ctx.who.person)
        throw fault('person.unknown', { people: [input.other] });
      await requireNotPending(ctx, [mine.id, ...(theirs ? [theirs.id] : [])]);
      await requireFree(ctx, input.other, mine, theirs?.id ?? null);
      if (theirs) await requireFree(ctx, ctx.who.person, theirs, mine.id);
      const desk = await getDesk(ctx.tx, mine.desk);
      const due = firstStart(mine, theirs);
      return {
        org: desk.org,
        line: desk.line,
        party: null,
        title: `${ctx.who.name} ${said(mine)} ${theirs ? '↔' : '→'} ${other.name}${theirs ? ` ${said(theirs)}` : ''}`,
        owner: { person: input.other },
        due,
        place: desk.name,
        set: {
          desk: mine.desk,
          shift: mine.id,
          other: input.other,
          otherShift: theirs?.id ?? null,
          reason: input.reason,
          startsAt: due.toISOString(),
        },
      };
    },
  },
  actions: {
    async accept(ctx) {
      const [mine, theirs] = await shiftsOf(ctx);
      return { owner: await approver(ctx), due: firstStart(mine, theirs) };
    },
    async approve(ctx) {
      const sides = [ctx.matter.starter, ctx.matter.row.other];
      if (sides.includes(ctx.who.person) || (ctx.actor.behalf !== null && sides.includes(ctx.actor.behalf))) throw fault('swap.own');
      const [mine, theirs] = await shiftsOf(ctx);
      await exchange(ctx, mine, theirs);
      return { data: { shifts: [mine.id, ...(theirs ? [theirs.id] : [])] }, copy: sides };
    },
    lapse(ctx) {
      if (ctx.matter.due !== null && ctx.matter.due > ctx.now) throw fault('swap.not_lapsed');
      return {};
    },
  },
});
