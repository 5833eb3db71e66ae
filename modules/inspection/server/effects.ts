import { fault } from '#kernel/fault.ts';
import { hasRole, type Owner } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { directory } from '#kernel/server/directory.ts';
import { findRepeated, requirePictures } from '#kernel/server/files/pictures.ts';
import { type Attach, type EffectContext, implementWorkflow } from '#kernel/server/implement.ts';
import { emergencyBureau } from '#modules/org/server/public.ts';
import { getSite, responsible, type Site } from '#modules/site/server/public.ts';
import { hazard } from '../hazard.workflow.ts';

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

/** Owner at birth: the official the real-name register names, else the officers of the area. */
async function territoryOwner(ctx: Context, site: Site | null, org: number): Promise<Owner> {
  const named = site ? await ctx.use(responsible)(ctx.tx, site.id) : null;
  if (named?.territory) {
    const owner: Owner = { person: named.territory.person };
    if ((await ctx.use(directory).holders(ctx.tx, owner, null, ctx.now)).length > 0) return owner;
  }
  return { unit: org, role: 'officer' };
}

/** Who is to rectify must be able to hand it in: an administrator, a duty officer or somebody who has left would keep it for ever. */
async function namedOwner(ctx: Context, person: string): Promise<Owner> {
  const who = await ctx.use(directory).findPrincipal(ctx.tx, person, ctx.now);
  if (!who || !hasRole(who, hazard.actions.submit.by)) throw fault('person.unknown', { people: [person] });
  return { person };
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

/** Photographs become evidence; anything else is refused. */
async function evidence(ctx: Context, photos: readonly string[] | undefined, purpose: string): Promise<Attach[]> {
  await requirePictures(ctx.tx, photos ?? []);
  return (photos ?? []).map((file) => ({ file, purpose }));
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
  if (!ctx.matter.course.hands.submit) throw fault('workflow.not_allowed', { state: ctx.matter.state, action: 'pass', kind: hazard.kind });
}

function requireUnlisted(ctx: HazardContext): void {
  if (ctx.matter.row.supervised) throw fault('hazard.still_listed');
}

export const hazardServer = implementWorkflow(hazard)({
  starts: {
    async report(ctx, input) {
      const site = input.site ? await getSite(ctx.tx, input.site) : null;
      const org = site?.org ?? input.org;
      if (org === undefined) throw fault('hazard.area_needed');
      const words = input.description.length > 40 ? `${input.description.slice(0, 40)}…` : input.description;
      return {
        org,
        line: site?.line ?? null,
        party: site?.id ?? null,
        title: site ? `${site.name}：${words}` : words,
        level: input.grade === 'major' ? 1 : 3,
        point: input.point ?? site?.point ?? null,
        place: input.place || site?.address || null,
        owner: await territoryOwner(ctx, site, org),
        attach: await evidence(ctx, input.photos, 'found'),
        set: {
          site: site?.id ?? null,
          grade: input.grade,
          category: input.category,
          description: input.description,
          requirement: null,
          measures: null,
          cost: null,
          recheckOpinion: null,
          extendUntil: null,
          dueBefore: null,
          extensions: 0,
          supervised: false,
          supervisedBy: null,
          photosBefore: input.photos,
          photosAfter: [],
          photosFormer: [],
        },
      };
    },
  },
  actions: {
    async assign(ctx, input) {
      const grade = input.grade ?? ctx.matter.row.grade;
      const due = deadline(ctx, input.due, grade);
      const owner = input.rectifier ? await namedOwner(ctx, input.rectifier) : await enterpriseOwner(ctx);
      return { owner, ...(due ? { due } : {}), level: grade === 'major' ? 1 : 3, set: { requirement: input.requirement, grade } };
    },
    submit: async (ctx, input) => ({
      owner: holderBefore(ctx, 'found') ?? { unit: ctx.matter.org ?? 0, role: 'officer' },
      attach: await evidence(ctx, input.photos, 'rectified'),
      set: {
        measures: input.measures,
        cost: input.cost ?? null,
        photosFormer: await requireNew(ctx, input.photos),
        photosAfter: input.photos,
      },
    }),
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
      const attach = await evidence(ctx, input.photos, 'rechecked');
      if (ctx.matter.row.grade === 'general') return { to: 'closed', set: { recheckOpinion: input.opinion }, attach };
      return { to: 'countersigning', signers: await closers(ctx), owner: null, set: { recheckOpinion: input.opinion }, attach };
    },
    async fail(ctx, input) {
      const due = deadline(ctx, input.due, ctx.matter.row.grade);
      return { ...(due ? { due } : {}), set: { recheckOpinion: input.reason }, attach: await evidence(ctx, input.photos, 'rechecked') };
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
