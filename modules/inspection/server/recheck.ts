import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { findRow, write } from '#kernel/server/db/pool.ts';
import { type EffectContext, handleAction } from '#kernel/server/implement.ts';
import type { hazard } from '../hazard.workflow.ts';
import { setRecheckMetres } from '../module.ts';
import { metresBetween, mustExplain } from '../recheck-place.ts';

type Point = { lng: number; lat: number };
type Given = { here?: Point | undefined; away?: string | undefined };

/**
 * Where the re-check was done, kept with the hazard. Never a reason to refuse it: basements have no reception. But whoever was
 * not there says why. @throws hazard.away_unexplained with the distance and the limit in metres
 */
export async function recheckPlace(ctx: EffectContext<typeof hazard>, input: Given) {
  const row = await findRow(
    ctx.tx,
    sql<{ point: { x: number; y: number } | null; metres: number }>`select h.point, inspection.recheck_metres() as metres
      from inspection.hazard h where h.id = ${ctx.matter.id}`,
  );
  if (!row) throw fault('record.not_found');
  const place = row.point ? { lng: row.point.x, lat: row.point.y } : null;
  const here = input.here ?? null;
  const metres = metresBetween(here, place);
  if (input.away === undefined && mustExplain(here, place, row.metres))
    throw fault('hazard.away_unexplained', { metres: metres ?? '—', limit: row.metres });
  return { recheckFrom: here, recheckMetres: metres, recheckAway: input.away ?? null };
}

/** The limit is no figure of the law: each place sets its own. */
export const doSetRecheckMetres = handleAction(
  setRecheckMetres,
  () => 'anywhere',
  async (ctx, input) => {
    await write(ctx.tx, sql`select inspection.set_recheck_metres(${input.metres}, ${ctx.who.person}, ${ctx.now})`);
    return { output: { metres: input.metres } };
  },
);
