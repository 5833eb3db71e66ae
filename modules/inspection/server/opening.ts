import { sql } from 'kysely';
import type { z } from 'zod';
import { fault } from '#kernel/fault.ts';
import type { Owner, Principal } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { requirePictures } from '#kernel/server/files/pictures.ts';
import type { Attach } from '#kernel/server/implement.ts';
import { getSite, responsible, type Site, siteTable } from '#modules/site/server/public.ts';
import type { reportInput } from '../inputs.ts';
import { industrySection, usualSource } from '../sources.ts';
import { findFormer } from './relatives.ts';

type Found = Omit<z.output<typeof reportInput>, 'grade'> & { grade: 'general' | 'major' };

/** Photographs become evidence; anything else is refused. */
export async function evidence(ctx: Context, photos: readonly string[] | undefined, purpose: string): Promise<Attach[]> {
  await requirePictures(ctx.tx, photos ?? []);
  return (photos ?? []).map((file) => ({ file, purpose }));
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

/** Who re-checks what `who` rectified on the spot: the territory's own, unless that is the same person; then the head. */
export async function otherOwner(ctx: Context, owner: Owner, org: number, who: Principal): Promise<Owner> {
  const people = await ctx.use(directory).holders(ctx.tx, owner, null, ctx.now);
  return people.some((one) => one.id !== who.person) ? owner : { unit: org, role: 'leader' };
}

async function industryOf(ctx: Context, site: string): Promise<string | null> {
  const row = await findRow(ctx.tx, sql<{ industry: string | null }>`select s.industry from ${siteTable} s where s.id = ${site}`);
  return industrySection(row?.industry ?? null);
}

const nothingYet = {
  planDuty: null,
  planMeasures: null,
  planFunds: null,
  planUntil: null,
  planEmergency: null,
  parts: [],
  measures: null,
  cost: null,
  recheckFrom: null,
  recheckMetres: null,
  recheckAway: null,
  recheckOpinion: null,
  extendUntil: null,
  dueBefore: null,
  extensions: 0,
  supervised: false,
  supervisedBy: null,
  photosAfter: [],
  photosFormer: [],
};

/** Where a reported hazard lies, whose it is first, and what is known of it. @throws hazard.area_needed, site.unknown */
export async function opened(ctx: Context, input: Found) {
  const site = input.site ? await getSite(ctx.tx, input.site) : null;
  const org = site?.org ?? input.org;
  if (org === undefined) throw fault('hazard.area_needed');
  const words = input.description.length > 40 ? `${input.description.slice(0, 40)}…` : input.description;
  const roles = ctx.who.grants.map((grant) => grant.role);
  return {
    org,
    line: site?.line ?? null,
    party: site?.id ?? null,
    title: site ? `${site.name}：${words}` : words,
    level: input.grade === 'major' ? (1 as const) : (3 as const),
    point: input.point ?? site?.point ?? null,
    place: input.place || site?.address || null,
    owner: await territoryOwner(ctx, site, org),
    attach: await evidence(ctx, input.photos, 'found'),
    set: {
      ...nothingYet,
      site: site?.id ?? null,
      grade: input.grade,
      category: input.category,
      source: input.source ?? usualSource(roles, input.check !== undefined),
      industry: site ? await industryOf(ctx, site.id) : null,
      manage: 'deadline' as 'deadline' | 'spot',
      fromCheck: input.check ?? null,
      wording: input.wording ?? null,
      recurs: await findFormer(ctx, input),
      description: input.description,
      requirement: input.requirement ?? null,
      photosBefore: input.photos,
    },
  };
}
