import { CloseOutlined, HomeOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { layers as layersQuery } from '../../map-contract.ts';
import { usePhone } from '../look.ts';
import { Bones } from '../page-state.tsx';
import { findPage } from '../record-pages.ts';
import { findWorkflow } from '../registry.ts';
import { usePage } from '../shell/page-title.ts';
import { readStored, writeStored } from '../stored.ts';
import { useApi } from '../use-api.ts';
import { t } from '../words/words.ts';
import { MapPanel } from './map-panel.tsx';
import { cityBox } from './map-style.ts';
import type { PointProperties } from './matter-layers.ts';
import { useMatterMap } from './use-matter-map.ts';
import { useMerged, usePoints } from './use-points.ts';
import './map.css';

const RecordView = lazy(() => import('../matter/record-view.tsx').then((module) => ({ default: module.RecordView })));

function parseAt(at: string | undefined): { lng: number; lat: number } | undefined {
  const [lng, lat] = (at ?? '').split(',').map(Number);
  return lng !== undefined && lat !== undefined && Number.isFinite(lng) && Number.isFinite(lat) ? { lng, lat } : undefined;
}

/** Everything located, on one map, without any outside server. */
export function MapPage() {
  usePage({ title: t('map.title') });
  const search = useSearch({ from: '/signed-in/map' });
  const navigate = useNavigate();
  const phone = usePhone();
  const offered = useApi(layersQuery, {}, { staleTime: 600_000 });
  const all = offered.data?.layers;
  const [hidden, setHidden] = useState<string[]>(() => (readStored('map.hidden') ?? '').split(',').filter(Boolean));
  const chosen = useMemo(() => (all ?? []).map((layer) => layer.id).filter((id) => !hidden.includes(id)), [all, hidden]);
  const [bbox, setBbox] = useState<string>();
  const { lists, failed, cut } = usePoints(chosen, bbox);
  const points = useMerged(lists);
  const holder = useRef<HTMLDivElement>(null);

  const open = ({ kind, id }: Pick<PointProperties, 'kind' | 'id'>) => {
    const page = findPage(kind);
    if (page) void navigate({ to: page(id) });
    else if (phone) void navigate({ to: '/m/$kind/$id', params: { kind, id } });
    else void navigate({ to: '/map', search: { ...search, kind, id }, replace: true });
  };
  const { state, map } = useMatterMap(holder, { at: parseAt(search.at), points, onView: setBbox, onOpen: open });
  const shown = !phone && search.kind && search.id && findWorkflow(search.kind) ? { kind: search.kind, id: search.id } : undefined;

  const toggle = (id: string, on: boolean) => {
    const next = on ? hidden.filter((one) => one !== id) : [...hidden, id];
    setHidden(next);
    writeStored('map.hidden', next.join(',') || null);
  };

  return (
    <div className="map-page">
      <h1 className="visually-hidden">{t('map.title')}</h1>
      <MapPanel
        layers={all ?? []}
        hidden={hidden}
        onToggle={toggle}
        points={points}
        cut={cut}
        failed={failed}
        state={state}
        onOpen={open}
      />
      <div className="map-window">
        <div ref={holder} className="map-canvas" role="application" aria-label={t('map.label')} />
        {state === 'loading' && <p className="map-note">{t('map.loading')}</p>}
        {state === 'no-webgl' && <p className="map-note">{t('map.no_webgl')}</p>}
        {state === 'failed' && <p className="map-note">{t('state.failed')}</p>}
        <Button
          className="map-home"
          icon={<HomeOutlined />}
          aria-label={t('map.home')}
          title={t('map.home')}
          onClick={() => map?.fitBounds(cityBox, { padding: 16 })}
        />
      </div>
      {shown && (
        <aside className="map-detail" key={shown.id} aria-label={t('record.tab_details')}>
          <Button
            type="text"
            className="map-close"
            icon={<CloseOutlined />}
            aria-label={t('say.close')}
            onClick={() => void navigate({ to: '/map', search: { ...search, kind: undefined, id: undefined }, replace: true })}
          />
          <Suspense fallback={<Bones rows={5} />}>
            <RecordView kind={shown.kind} id={shown.id} beside />
          </Suspense>
        </aside>
      )}
    </div>
  );
}
