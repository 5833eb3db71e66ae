import { fault } from '#kernel/fault.ts';
import { can, hasRole, type Owner } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { directory } from '#kernel/server/directory.ts';
import { findRepeated } from '#kernel/server/files/pictures.ts';
import { type EffectContext, implementWorkflow } from '#kernel/server/implement.ts';
import { emergencyBureau } from '#modules/org/server/public.ts';
import { responsible } from '#modules/site/server/public.ts';
import { hazard } from '../hazard.workflow.ts';
import { again, handIn, openParts, requirePlanned } from '../parts.ts';
import type { HazardPart } from '../schema.ts';
import { evidence, opened, otherOwner } from './opening.ts';
import { recheckPlace } from './recheck.ts';

type HazardContext = EffectContext<typeof hazard>;
const dayMs = 86_400_000;
/** 限期整改 of a general hazard: no official period is longer; a major one follows its own plan (治理方案). */
const longestDays = { general: 90, major: 365 } as const;

function deadline(ctx: Context, due: string | undefined, grade: 'general' | 'major'): Date | undefined {
  return due === undefined ? undefined : dateWithin(ctx, due, grade);
}

function dateWithin(ctx: Context, due: string, grade: 'general' | 'major'): Date {
  const at = new Date(due);
  if (at <= ctx.now) throw fault('hazard.due_past');
  if (at.getTime() - ctx.now.getTime() > longestDays[grade] * dayMs) throw fault('hazard.due_too_far', { days: longestDays[grade] });
  return at;
}

/** Who is to rectify must be able to hand it in: an administrator, a duty officer or somebody who has left would keep it for ever. */
async function namedOwner(ctx: Context, person: string): Promise<Owner> {
  const who = await ctx.use(directory).findPrincipal(ctx.tx, person, ctx.now);
  if (!who || !hasRole(who, hazard.actions.submit.by)) throw fault('person.unknown', { people: [person] });
  return { person };
}

/** Each part goes to somebody who may hand it in where the hazard lies. */
async function partsOf(ctx: HazardContext, given: readonly { what: string; rectifier: string }[]): Promise<HazardPart[]> {
  for (const { rectifier } of given) {
    const who = await ctx.use(directory).findPrincipal(ctx.tx, rectifier, ctx.now);
    if (!who || !can(who, hazard.actions.submitPart.by, ctx.matter)) throw fault('person.unknown', { people: [rectifier] });
  }
  return given.map((part) => ({ ...part, done: null, measures: null, photos: [] }));
}

async function enterpriseOwner(ctx: HazardContext): Promise<Owner> {
  const owner: Owner = { party: true, role: 'enterprise' };
  const people = ctx.matter.party ? await ctx.use(directory).holders(ctx.tx, owner, ctx.matter.party, ctx.now) : [];
  if (people.length === 0) throw fault('hazard.no_rectifier');
  return owner;
}

/**
 * 销号会签: the head of the territory, and the industry department's official; where no department is on record (a public
 * place, an orphan) the emergency bureau, which answers for all lines (《安全生产法》第十条).
 */
async function closers(ctx: HazardContext): Promise<string[]> {
  const { row, org } = ctx.matter;
  const named = row.site ? await ctx.use(responsible)(ctx.tx, row.site) : { territory: null, industry: null };
  const leader = async (unit: number | undefined) =>
    unit === undefined ? [] : await ctx.use(directory).holders(ctx.tx, { unit, role: 'leader' }, null, ctx.now);
  const territory = (await leader(named.territory?.unit ?? org ?? undefined))[0]?.id ?? named.territory?.person;
  if (!territory) throw fault('hazard.signers_missing', { side: '属地' });
  const bureau = named.industry ? undefined : await emergencyBureau(ctx.tx, org ?? 0);
  const industry = named.industry?.person ?? (await leader(bureau?.id))[0]?.id;
  if (!industry || industry === territory) throw fault('hazard.signers_missing', { side: '行业部门' });
  return [territory, industry];
}

/** What was shown before, as found or as rectified the last time, does not show that anything was rectified since. */
async function requireNew(ctx: HazardContext, photos: readonly string[]): Promise<string[]> {
  const { photosBefore, photosAfter, photosFormer } = ctx.matter.row;
  const former = [...new Set([...photosFormer, ...photosAfter])];
  const repeated = await findRepeated(ctx.tx, photos, [...photosBefore, ...former]);
  if (repeated) throw fault('hazard.photo_repeated', { file: repeated });
  return former;
}

const holderBefore = (ctx: HazardContext, state: string) => ctx.matter.course.trail.find((visit) => visit.state === state)?.owner ?? null;

/** A leader may send a hazard to its re-check, but what nobody rectified nobody can pass: closed only by evidence. */
function requireRectified(ctx: HazardContext): void {
  const { submit, fixOnSpot } = ctx.matter.course.hands;
  if (!submit && !fixOnSpot) throw fault('workflow.not_allowed', { state: ctx.matter.state, action: 'pass', kind: hazard.kind });
}

function requireUnlisted(ctx: HazardContext): void {
  if (ctx.matter.row.supervised) throw fault('hazard.still_listed');
}

export const hazardServer = implementWorkflow(hazard)({
  starts: {
    report: (ctx, input) => opened(ctx, input),
    async fixOnSpot(ctx, input) {
      const opening = await opened(ctx, { ...input, grade: 'general' });
      const repeated = await findRepeated(ctx.tx, input.photosAfter, input.photos);
      if (repeated) throw fault('hazard.photo_repeated', { file: repeated });
      return {
        ...opening,
        owner: await otherOwner(ctx, opening.owner, opening.org, ctx.who),
        attach: [...opening.attach, ...(await evidence(ctx, input.photosAfter, 'rectified'))],
        set: { ...opening.set, manage: 'spot', measures: input.measures, photosAfter: input.photosAfter },
      };
    },
  },
  actions: {
    async assign(ctx, input) {
      const grade = input.grade ?? ctx.matter.row.grade;
      const due = deadline(ctx, input.due, grade);
      const parts = await partsOf(ctx, input.parts ?? []);
      const lead = input.rectifier ?? parts[0]?.rectifier;
      const owner = lead ? await namedOwner(ctx, lead) : await enterpriseOwner(ctx);
      return {
        owner,
        ...(due ? { due } : {}),
        level: grade === 'major' ? 1 : 3,
        copy: [...new Set(parts.map((part) => part.rectifier))],
        set: { requirement: input.requirement, grade, parts },
      };
    },
    plan(ctx, input) {
      // A plan gives no time away: later than the deadline needs the extension that a leader grants.
      if (ctx.matter.due && new Date(input.planUntil) > ctx.matter.due) throw fault('hazard.plan_late');
      return { set: input };
    },
    async submitPart(ctx, input) {
      const { photosBefore } = ctx.matter.row;
      const parts = handIn(ctx.matter.row.parts, input, [ctx.actor.person, ctx.actor.behalf], ctx.now);
      const used = [...photosBefore, ...ctx.matter.row.photosFormer, ...ctx.matter.row.parts.flatMap((part) => part.photos)];
      const repeated = await findRepeated(ctx.tx, input.photos, used);
      if (repeated) throw fault('hazard.photo_repeated', { file: repeated });
      return { set: { parts }, attach: await evidence(ctx, input.photos, 'rectified') };
    },
    async submit(ctx, input) {
      requirePlanned(ctx.matter.row);
      const left = openParts(ctx.matter.row.parts);
      if (left.length > 0) throw fault('hazard.parts_open', { parts: left.join('、') });
      return {
        owner: holderBefore(ctx, 'found') ?? { unit: ctx.matter.org ?? 0, role: 'officer' },
        attach: await evidence(ctx, input.photos, 'rectified'),
        set: {
          measures: input.measures,
          cost: input.cost ?? null,
          photosFormer: await requireNew(ctx, input.photos),
          photosAfter: input.photos,
        },
      };
    },
    requestExtension(ctx, input) {
      // Bounded like a first deadline: an extension to the year 9999 is a way to be forgotten.
      const until = dateWithin(ctx, input.until, ctx.matter.row.grade);
      if (ctx.matter.due && until <= ctx.matter.due) throw fault('hazard.not_later');
      return {
        owner: { unit: ctx.matter.org ?? 0, role: 'leader' },
        set: { extendUntil: until.toISOString(), dueBefore: ctx.matter.due?.toISOString() ?? null },
      };
    },
    grantExtension: (ctx) => ({
      owner: holderBefore(ctx, 'rectifying'),
      due: ctx.matter.row.extendUntil ? new Date(ctx.matter.row.extendUntil) : null,
      set: { extensions: ctx.matter.row.extensions + 1, dueBefore: null },
    }),
    // Refusing must not give time away: the deadline as it stood before it was asked for comes back.
    refuseExtension: (ctx) => ({
      due: ctx.matter.row.dueBefore ? new Date(ctx.matter.row.dueBefore) : null,
      set: { extendUntil: null, dueBefore: null },
    }),
    async pass(ctx, input) {
      requireUnlisted(ctx);
      requireRectified(ctx);
      const where = await recheckPlace(ctx, input);
      const attach = await evidence(ctx, input.photos, 'rechecked');
      if (ctx.matter.row.grade === 'general') return { to: 'closed', set: { recheckOpinion: input.opinion, ...where }, attach };
      return { to: 'countersigning', signers: await closers(ctx), owner: null, set: { recheckOpinion: input.opinion, ...where }, attach };
    },
    async fail(ctx, input) {
      const due = deadline(ctx, input.due, ctx.matter.row.grade);
      return {
        owner: holderBefore(ctx, 'rectifying') ?? holderBefore(ctx, 'found') ?? { person: ctx.matter.starter },
        ...(due ? { due } : {}),
        // What was handed in did not do: each part is handed in again, with new photographs.
        set: { recheckOpinion: input.reason, ...(await recheckPlace(ctx, input)), ...again(ctx.matter.row) },
        attach: await evidence(ctx, input.photos, 'rechecked'),
      };
    },
    listForSupervision(ctx) {
      if (ctx.matter.row.grade !== 'major') throw fault('hazard.not_major');
      if (ctx.matter.row.supervised) throw fault('hazard.already_listed');
      return { set: { supervised: true, supervisedBy: ctx.who.person } };
    },
    liftSupervision(ctx) {
      if (!ctx.matter.row.supervised) throw fault('hazard.not_listed');
      return { set: { supervised: false } };
    },
  },
});
