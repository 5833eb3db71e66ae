import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { findRow, rows, type Tx } from '#kernel/server/db/pool.ts';
import type { LedgerEvent } from '#kernel/server/implement.ts';
import { defineProvider } from '#kernel/server/providers.ts';

export type Site = {
  id: string;
  name: string;
  org: number;
  line: string;
  address: string;
  point: { lng: number; lat: number } | null;
  level: number;
};

/** The supervised object, if the asking person may see it. @throws site.unknown */
export async function getSite(tx: Tx, id: string): Promise<Site> {
  const row = await findRow(
    tx,
    sql<
      Omit<Site, 'point'> & { point: { x: number; y: number } | null }
    >`select id, name, org, line, address, point, level from site.site where id = ${id} and status = 'active'`,
  );
  if (!row) throw fault('site.unknown', { site: id });
  return { ...row, point: row.point ? { lng: row.point.x, lat: row.point.y } : null };
}

/** Names of objects for records one may see anyway. */
export async function siteNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(tx, sql<{ id: string; name: string }>`select id, name from site.names(${[...new Set(ids)]}::uuid[])`);
  return new Map(found.map((row) => [row.id, row.name]));
}

export type Official = { unit: number; person: string };
/** Who answers for a supervised object, from the real-name register (实名制监管). Either side may be missing: an orphan. */
export type Responsible = { territory: Official | null; industry: Official | null };

/** Filled by the module that keeps the register. */
export const responsible = defineProvider<(tx: Tx, site: string) => Promise<Responsible>>('responsible');

/** For joins in modules above: id, name, org, line, status; row-level security of the asking person applies. */
export const siteTable = sql.table('site.site');

/** Is this the ledger row of an object that was given another area or line? `data.moved` says where it lay before. */
export const isMove = (event: Pick<LedgerEvent, 'name' | 'subject' | 'data'>): boolean =>
  event.name === 'site.save' && event.subject !== null && event.data.moved !== undefined;
