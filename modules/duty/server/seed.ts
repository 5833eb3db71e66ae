import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { rows, type Tx, write } from '#kernel/server/db/pool.ts';
import { activeOfficials, lineDepartments } from '#modules/org/server/public.ts';
import { siteTable } from '#modules/site/server/public.ts';
import type { Side } from '../schema.ts';

type SiteRow = { id: string; org: number; line: string };
type Entry = { site: SiteRow; side: Side; unit: number; official: string; item: string };

/** Every ninth object is left without an industry official, every thirteenth gets a second department: both must be findable. */
const orphanEvery = 9;
const overlapEvery = 13;

/** The same line gets the same id at every seeding (UUID version 8: by content). */
const entryId = (entry: Entry): string =>
  createHash('md5')
    .update(`${entry.site.id}|${entry.side}|${entry.unit}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');

/**
 * Fills the register for the synthetic objects: the town's first official answers for the territory, the first official of
 * the department that supervises the line for the industry. `preferred` people come before others of their unit. Idempotent.
 */
export async function seedRegister(tx: Tx, now: Date, preferred: readonly string[]): Promise<number> {
  const officials = await rows(
    tx,
    sql<{ person: string; unit: number }>`select person, unit from ${activeOfficials(now)} o order by person`,
  );
  const official = (unit: number): string | undefined => {
    const there = officials.filter((one) => one.unit === unit);
    return (preferred.map((person) => there.find((one) => one.person === person)).find((one) => one !== undefined) ?? there[0])?.person;
  };
  const sites = await rows(tx, sql<SiteRow>`select id, org, line from ${siteTable} s order by id`);
  const entries: Entry[] = [];
  for (const [nth, site] of sites.entries()) {
    const territory = official(site.org);
    if (territory) entries.push({ site, side: 'territory', unit: site.org, official: territory, item: 'territory.supervision' });
    if (nth % orphanEvery === orphanEvery - 1) continue;
    const departments = await lineDepartments(tx, site.org, site.line);
    for (const department of departments.slice(0, nth % overlapEvery === overlapEvery - 1 ? 2 : 1)) {
      const industry = official(department.id);
      if (industry) entries.push({ site, side: 'industry', unit: department.id, official: industry, item: 'industry.supervision' });
    }
  }
  return write(
    tx,
    sql`insert into duty.register (id, site, side, unit, official, item, org, line, party, since)
      select *, ${now}::timestamptz from unnest(${entries.map(entryId)}::uuid[], ${entries.map((one) => one.site.id)}::uuid[], ${entries.map((one) => one.side)}::text[],
        ${entries.map((one) => one.unit)}::int[], ${entries.map((one) => one.official)}::uuid[], ${entries.map((one) => one.item)}::text[],
        ${entries.map((one) => one.site.org)}::int[], ${entries.map((one) => one.site.line)}::text[], ${entries.map((one) => one.site.id)}::uuid[])
      on conflict do nothing`,
  );
}
