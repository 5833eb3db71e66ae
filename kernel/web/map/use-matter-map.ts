import type { Map as GlMap } from 'maplibre-gl';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useDark } from '../look.ts';
import { hasWebGl, makeMap } from './make-map.ts';
import { loadGround } from './map-style.ts';
import { addMatterLayers, onPointClick, type PointProperties, type Points, setPoints } from './matter-layers.ts';

export type MapState = 'loading' | 'ready' | 'no-webgl' | 'failed';
type Options = {
  at: { lng: number; lat: number } | undefined;
  points: Points;
  onView: (bbox: string) => void;
  onOpen: (one: PointProperties) => void;
};

/** Keeps one map in `container`, made anew when the theme changes, with these points on it. */
export function useMatterMap(container: RefObject<HTMLDivElement | null>, options: Options): { state: MapState; map: GlMap | undefined } {
  const dark = useDark();
  const [state, setState] = useState<MapState>('loading');
  const [map, setMap] = useState<GlMap>();
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const holder = container.current;
    if (!holder) return;
    if (!hasWebGl()) return setState('no-webgl');
    let made: GlMap | undefined;
    let gone = false;
    const start = async () => {
      const districts = await loadGround();
      if (gone) return;
      const fresh = makeMap(holder, districts, dark, latest.current.at);
      made = fresh;
      const tellView = () => latest.current.onView(boxOf(fresh));
      fresh.on('load', () => {
        addMatterLayers(fresh, dark);
        onPointClick(fresh, (one) => latest.current.onOpen(one));
        setPoints(fresh, latest.current.points);
        setMap(fresh);
        setState('ready');
        tellView();
      });
      fresh.on('moveend', tellView);
    };
    start().catch(() => setState('failed'));
    return () => {
      gone = true;
      made?.remove();
      setMap(undefined);
    };
  }, [container, dark]);

  useEffect(() => {
    if (map) setPoints(map, options.points);
  }, [map, options.points]);

  return { state, map };
}

/** The view as `west,south,east,north`, a little larger than seen, rounded so that a small shift asks for nothing new. */
function boxOf(map: GlMap): string {
  const bounds = map.getBounds();
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const step = Math.max(0.01, (east - west) / 8);
  const down = (value: number) => Math.floor(value / step) * step;
  const up = (value: number) => Math.ceil(value / step) * step;
  const within = (value: number, most: number) => Math.max(-most, Math.min(most, value)).toFixed(4);
  return [within(down(west), 180), within(down(south), 90), within(up(east), 180), within(up(north), 90)].join(',');
}
