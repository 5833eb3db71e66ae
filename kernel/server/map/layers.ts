import type { MapThing } from '../../geo/point-columns.ts';
import type { Role } from '../../permission.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../context.ts';
import type { Tx } from '../db/pool.ts';
import { defineProviders } from '../providers.ts';

export type Box = { west: number; south: number; east: number; north: number };
export type MapPoint = {
  id: string;
  kind: string;
  title: string;
  level: number | null;
  state: string;
  overdue: boolean;
  lng: number;
  lat: number;
};

/**
 * How the tiles of a layer are filled. `read` runs in the server's own name: the things with ids above `after`, in the order of their
 * ids, at most `limit`; or of `ids` those that are (still) on the map. `kinds`: ledger rows of these kinds announce changes.
 * `named`: the table's policy also shows a row to those named on it, as `kernel.guard(table, 'id')` says.
 */
export type ThingSource = {
  kinds: readonly string[];
  named: boolean;
  read(tx: Tx, which: { after: string | null; limit: number } | { ids: readonly string[] }): Promise<MapThing[]>;
};

/** What a module puts on the one map. Row-level security bounds the rows; `by` decides whether the layer is offered. */
export type MapLayer = {
  id: string;
  title: Text;
  by: readonly Role[];
  /** Without it the layer has no tiles, only `features`. */
  things?: ThingSource;
  features(ctx: Context, box: Box, limit: number): Promise<MapPoint[]>;
};

export const mapLayers = defineProviders<MapLayer>('map.layers');
