import type { Role } from '../../permission.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../context.ts';
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

/** What a module puts on the one map. Row-level security bounds the rows; `by` decides whether the layer is offered. */
export type MapLayer = {
  id: string;
  title: Text;
  by: readonly Role[];
  features(ctx: Context, box: Box, limit: number): Promise<MapPoint[]>;
};

export const mapLayers = defineProviders<MapLayer>('map.layers');
