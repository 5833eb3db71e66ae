import { Marker } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import { useDark } from '../look.ts';
import { Failed } from '../page-state.tsx';
import { t } from '../words/words.ts';
import { hasWebGl, makeMap } from './make-map.ts';
import { loadGround } from './map-style.ts';
import './map.css';

type Place = { lng: number; lat: number };

/** A small map to point at one place. */
export function PlaceMap({ value, onPick }: { value: Place | undefined; onPick: (place: Place) => void }) {
  const holder = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const [error, setError] = useState<unknown>();
  const marker = useRef<Marker>(undefined);
  const latest = useRef({ value, onPick });
  latest.current = { value, onPick };
  const noMap = !hasWebGl();

  useEffect(() => {
    const container = holder.current;
    if (!container || noMap) return;
    let remove = () => {};
    let gone = false;
    const start = async () => {
      const districts = await loadGround();
      if (gone) return;
      const map = makeMap(container, districts, dark, latest.current.value);
      remove = () => map.remove();
      marker.current = new Marker({ color: '#1559b3' }).setLngLat(latest.current.value ?? map.getCenter());
      if (latest.current.value) marker.current.addTo(map);
      map.on('click', ({ lngLat }) => {
        marker.current?.setLngLat(lngLat).addTo(map);
        latest.current.onPick({ lng: Number(lngLat.lng.toFixed(6)), lat: Number(lngLat.lat.toFixed(6)) });
      });
    };
    start().catch(setError);
    return () => {
      gone = true;
      remove();
    };
  }, [dark, noMap]);

  useEffect(() => {
    if (value) marker.current?.setLngLat(value);
  }, [value]);

  if (noMap) return <p role="status">{t('map.no_webgl')}</p>;
  if (error) return <Failed error={error} />;
  return <div ref={holder} className="place-map" role="application" aria-label={t('map.pick_place')} />;
}
