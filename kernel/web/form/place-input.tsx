import { AimOutlined, CloseOutlined, EnvironmentOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { t } from '../words/words.ts';
import type { Control } from './control.ts';
import { locate } from './locate.ts';

/** The map is a chunk of its own: most who fill a form stand where it happened. */
const PlaceMap = lazy(() => import('../map/place-map.tsx').then((module) => ({ default: module.PlaceMap })));

type Place = { lng: number; lat: number; accuracy?: number };

export function PlaceInput({ value, onChange, id }: Omit<Control<Place>, 'field'>) {
  const [state, setState] = useState<'idle' | 'locating' | 'denied' | 'failed'>('idle');
  const [accuracy, setAccuracy] = useState<number>();
  const [map, setMap] = useState(false);

  const here = async () => {
    setState('locating');
    try {
      const { accuracy: metres, ...place } = await locate();
      setAccuracy(metres);
      setState('idle');
      onChange(place);
    } catch (error) {
      setState(error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED ? 'denied' : 'failed');
      setMap(true);
    }
  };

  const pick = (place: Place) => {
    setAccuracy(undefined);
    onChange(place);
  };

  return (
    <div className="place-input">
      {value && (
        <p className="place-value">
          {t('place.at', { lng: value.lng.toFixed(5), lat: value.lat.toFixed(5) })}
          {accuracy !== undefined && <span className="quiet"> {t('place.accuracy', { n: accuracy })}</span>}
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('place.clear')} onClick={() => onChange(undefined)} />
        </p>
      )}
      <div className="photo-sources">
        <Button id={id} icon={<AimOutlined />} loading={state === 'locating'} onClick={() => void here()}>
          {state === 'locating' ? t('place.locating') : t('place.here')}
        </Button>
        <Button icon={<EnvironmentOutlined />} aria-expanded={map} onClick={() => setMap(!map)}>
          {t('place.on_map')}
        </Button>
      </div>
      {(state === 'denied' || state === 'failed') && <p role="status">{t(`place.${state}`)}</p>}
      {map && (
        <Suspense fallback={<div className="place-map" />}>
          <PlaceMap value={value} onPick={pick} />
        </Suspense>
      )}
    </div>
  );
}
