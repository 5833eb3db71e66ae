import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as GlMap, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { getLang } from '../words/words.ts';
import { cityBox, type Districts, groundStyle } from './map-style.ts';

// Version 6 is ESM only and does not find its worker inside a bundle by itself.
setWorkerUrl(workerUrl);

const zh = {
  'NavigationControl.ZoomIn': '放大',
  'NavigationControl.ZoomOut': '缩小',
  'NavigationControl.ResetBearing': '恢复正北',
  'ScaleControl.Meters': '米',
  'ScaleControl.Kilometers': '千米',
  'Map.Title': '地图',
};

export function hasWebGl(): boolean {
  const canvas = document.createElement('canvas');
  return canvas.getContext('webgl2') !== null;
}

/** The ground with zoom buttons and a scale; no rotation, no pitch: north is up, as on the wall. */
export function makeMap(container: HTMLElement, districts: Districts, dark: boolean, center?: { lng: number; lat: number }): GlMap {
  const map = new GlMap({
    container,
    style: groundStyle(districts, dark),
    ...(center ? { center, zoom: 13 } : { bounds: cityBox, fitBoundsOptions: { padding: 16 } }),
    minZoom: 6,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    fadeDuration: 0,
    locale: getLang() === 'zh' ? zh : {},
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left');
  return map;
}
