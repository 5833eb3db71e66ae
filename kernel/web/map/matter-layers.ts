import type { FeatureCollection, Point } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map as GlMap } from 'maplibre-gl';
import { mapFont } from './map-style.ts';

export type PointProperties = { id: string; kind: string; title: string; level: number | null; state: string; overdue: boolean };
export type Points = FeatureCollection<Point, PointProperties>;

const source = 'matters';
/** A cluster shows the highest level within it; 5 stands for not graded. */
const colourOf = (level: ExpressionSpecification): ExpressionSpecification => [
  'match',
  level,
  1,
  '#d92d20',
  2,
  '#e8590c',
  3,
  '#f2b705',
  4,
  '#1c7ed6',
  '#7a8594',
];
const inkOf = (level: ExpressionSpecification): ExpressionSpecification => ['match', level, 3, '#1c2430', '#ffffff'];
const level: ExpressionSpecification = ['coalesce', ['get', 'level'], 5];
const worst: ExpressionSpecification = ['get', 'worst'];

/** Clusters with count and worst level; points with colour and shape of their level, ringed when overdue. */
export function addMatterLayers(map: GlMap, dark: boolean): void {
  const rim = dark ? '#101418' : '#ffffff';
  map.addSource(source, {
    type: 'geojson',
    data: { type: 'FeatureCollection', features: [] },
    cluster: true,
    clusterRadius: 48,
    clusterMaxZoom: 15,
    clusterProperties: { worst: ['min', level] },
  });
  map.addLayer({
    id: 'clusters',
    type: 'circle',
    source,
    filter: ['has', 'point_count'],
    paint: {
      'circle-color': colourOf(worst),
      'circle-radius': ['step', ['get', 'point_count'], 15, 10, 18, 100, 23, 1000, 28],
      'circle-stroke-color': rim,
      'circle-stroke-width': 2.5,
    },
  });
  map.addLayer({
    id: 'counts',
    type: 'symbol',
    source,
    filter: ['has', 'point_count'],
    layout: { 'text-field': ['to-string', ['get', 'point_count']], 'text-font': [mapFont], 'text-size': 13, 'text-allow-overlap': true },
    paint: { 'text-color': inkOf(worst) },
  });
  addPointLayers(map, rim);
}

function addPointLayers(map: GlMap, rim: string): void {
  const single: ExpressionSpecification = ['!', ['has', 'point_count']];
  map.addLayer({
    id: 'rings',
    type: 'circle',
    source,
    filter: ['all', single, ['get', 'overdue']],
    paint: { 'circle-radius': 14, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': colourOf(level), 'circle-stroke-width': 2 },
  });
  map.addLayer({
    id: 'points',
    type: 'circle',
    source,
    filter: single,
    paint: { 'circle-radius': 10, 'circle-color': colourOf(level), 'circle-stroke-color': rim, 'circle-stroke-width': 2 },
  });
  map.addLayer({
    id: 'shapes',
    type: 'symbol',
    source,
    filter: single,
    layout: {
      'text-field': ['match', level, 1, '◆', 2, '▲', 3, '●', 4, '■', ''],
      'text-font': [mapFont],
      'text-size': 11,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': inkOf(level) },
  });
}

export function setPoints(map: GlMap, points: Points): void {
  map.getSource<GeoJSONSource>(source)?.setData(points);
}

/** A click on a cluster zooms to where it falls apart; on a point it opens the matter. */
export function onPointClick(map: GlMap, open: (properties: PointProperties) => void): void {
  for (const layer of ['clusters', 'points']) {
    map.on('mouseenter', layer, () => {
      map.getCanvas().style.cursor = 'pointer';
    });
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = '';
    });
  }
  map.on('click', 'points', (event) => {
    const feature = event.features?.[0];
    if (feature) open(feature.properties as PointProperties);
  });
  map.on('click', 'clusters', (event) => {
    const feature = event.features?.[0];
    if (feature?.geometry.type !== 'Point') return;
    const [lng = 0, lat = 0] = feature.geometry.coordinates;
    void map
      .getSource<GeoJSONSource>(source)
      ?.getClusterExpansionZoom(Number(feature.properties.cluster_id))
      .then((zoom) => map.easeTo({ center: [lng, lat], zoom: Math.min(zoom + 0.2, 17) }));
  });
}
