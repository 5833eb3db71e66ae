import { z } from 'zod';
import { defineModule, defineQuery } from './contract.ts';

const bbox = z
  .string()
  .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/)
  .transform((text) => {
    const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number);
    return { west, south, east, north };
  })
  .refine(
    (box) => box.west < box.east && box.south < box.north && box.west >= -180 && box.east <= 180 && box.south >= -90 && box.north <= 90,
  );

export const layers = defineQuery({
  name: 'layers',
  label: { zh: '地图图层', en: 'Map layers' },
  by: 'signed-in',
  input: z.object({}),
  output: z.object({ layers: z.array(z.object({ id: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })) }),
});

/** Points of one layer as GeoJSON, WGS84, within `bbox=west,south,east,north`. */
export const features = defineQuery({
  name: 'features',
  label: { zh: '图层要素', en: 'Map features' },
  by: 'signed-in',
  input: z.object({
    layer: z.string(),
    bbox: bbox.default({ west: 116.1, south: 35.9, east: 117.9, north: 37.7 }),
    limit: z.coerce.number().int().min(1).max(20_000).default(5000),
  }),
  output: z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        geometry: z.object({ type: z.literal('Point'), coordinates: z.array(z.number()).length(2) }),
        properties: z.object({
          id: z.string(),
          kind: z.string(),
          title: z.string(),
          level: z.number().nullable(),
          state: z.string(),
          overdue: z.boolean(),
        }),
      }),
    ),
    /** More points lie in the box than were asked for. */
    cut: z.boolean(),
  }),
});

export const mapModule = defineModule({
  name: 'map',
  level: 0,
  title: { zh: '一张图', en: 'One map' },
  actions: [],
  queries: [layers, features],
  faults: { 'map.unknown_layer': { status: 404, text: { zh: '没有这个图层：{layer}', en: 'No such layer: {layer}' } } },
});
