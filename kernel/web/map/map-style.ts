import type { FeatureCollection, MultiPolygon } from 'geojson';
import type { StyleSpecification } from 'maplibre-gl';
import { loadFont } from '../font.ts';

export type Districts = FeatureCollection<MultiPolygon, { code: string; name: string; center: [number, number] }>;

/** Colours of the ground: quiet, so that only levels speak. */
const grounds = {
  light: { land: '#ffffff', beyond: '#e9edf2', edge: '#9aa5b4', text: '#3a4554', halo: '#ffffff' },
  dark: { land: '#1b2129', beyond: '#101418', edge: '#556272', text: '#c3ccd8', halo: '#12171d' },
} as const;

export const mapFont = 'Noto Sans SC Variable';

/** The city with a margin: what is shown first. */
export const cityBox: [number, number, number, number] = [116.22, 35.99, 117.97, 37.53];

/**
 * The ground from the shipped district shapes: no tile server, no glyph server. Without a `glyphs` address the map draws labels
 * with the font named in `text-font`, which must have been loaded for exactly these characters (see `loadLabels`).
 */
export function groundStyle(districts: Districts, dark: boolean): StyleSpecification {
  const colour = grounds[dark ? 'dark' : 'light'];
  return {
    version: 8,
    sources: { districts: { type: 'geojson', data: districts }, names: { type: 'geojson', data: labelsOf(districts) } },
    layers: [
      { id: 'beyond', type: 'background', paint: { 'background-color': colour.beyond } },
      { id: 'land', type: 'fill', source: 'districts', paint: { 'fill-color': colour.land } },
      {
        id: 'edges',
        type: 'line',
        source: 'districts',
        paint: { 'line-color': colour.edge, 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.8, 12, 2] },
      },
      {
        id: 'names',
        type: 'symbol',
        source: 'names',
        layout: {
          'text-field': ['get', 'name'],
          'text-font': [mapFont],
          'text-size': ['interpolate', ['linear'], ['zoom'], 7, 11, 11, 15],
          'text-padding': 4,
        },
        paint: { 'text-color': colour.text, 'text-halo-color': colour.halo, 'text-halo-width': 1.4 },
      },
    ],
  };
}

function labelsOf(districts: Districts): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: districts.features.map(({ properties }) => ({
      type: 'Feature',
      properties: { name: properties.name },
      geometry: { type: 'Point', coordinates: properties.center },
    })),
  };
}

let shapes: Promise<Districts> | undefined;

/** The shipped shapes, fetched once, and the font for their names. */
export async function loadGround(): Promise<Districts> {
  shapes ??= fetch('/map/jinan-districts.geojson').then((answer) => {
    if (!answer.ok) throw new Error(`district shapes: ${answer.status}`);
    return answer.json() as Promise<Districts>;
  });
  try {
    const districts = await shapes;
    await loadLabels(districts.features.map((district) => district.properties.name).join(''));
    return districts;
  } catch (error) {
    shapes = undefined;
    throw error;
  }
}

/** Fonts come in subsets by character: every character that will be drawn is asked for before the map is made. */
async function loadLabels(words: string): Promise<void> {
  await loadFont();
  await document.fonts.load(`400 24px '${mapFont}'`, `${words}0123456789◆▲●■+`);
}
