import type { Tx } from '#kernel/server/db/pool.ts';
import { areaPath, findUnit } from '#modules/org/server/public.ts';
import type { Side } from '../schema.ts';

/**
 * May this unit answer for an object there? For the territory a government from the object's town up to the city; for the
 * industry a department of that line at one of those levels (《安全生产法》第九条、第十条).
 */
export async function fits(tx: Tx, entry: { side: Side; unit: number }, site: { org: number; line: string }): Promise<boolean> {
  const path = await areaPath(tx, site.org);
  if (entry.side === 'territory') return path.includes(entry.unit);
  const unit = await findUnit(tx, entry.unit);
  return unit !== undefined && path.includes(unit.area) && unit.lines.includes(site.line);
}
