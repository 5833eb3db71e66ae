import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { Text } from '../../text.ts';
import { LevelBar, levelShapes, levelWord } from '../level.tsx';
import { usePhone } from '../look.ts';
import { findWorkflow } from '../registry.ts';
import { stateWord } from '../state-tag.tsx';
import { say, t } from '../words/words.ts';
import type { PointProperties, Points } from './matter-layers.ts';
import type { MapState } from './use-matter-map.ts';

type Layer = { id: string; title: Text };
type Props = {
  layers: readonly Layer[];
  hidden: readonly string[];
  onToggle: (id: string, on: boolean) => void;
  points: Points;
  cut: boolean;
  failed: readonly string[];
  state: MapState;
  onOpen: (one: PointProperties) => void;
};

const listed = 60;

/** Layers, legend, and what is in view as a list: the map for keyboards and screen readers. */
export function MapPanel(props: Props) {
  const phone = usePhone();
  const [open, setOpen] = useState(!phone);
  const count = props.points.features.length;
  return (
    <section className={open ? 'map-panel' : 'map-panel is-closed'} aria-label={t('map.layers')}>
      <header>
        <span role="status">{t('map.shown', { n: count })}</span>
        <Button
          type="text"
          size={phone ? 'middle' : 'small'}
          icon={open ? <UpOutlined /> : <DownOutlined />}
          aria-expanded={open}
          aria-label={t(open ? 'map.hide_panel' : 'map.show_panel')}
          onClick={() => setOpen(!open)}
        />
      </header>
      {open && (
        <div className="map-panel-body">
          <LayerChoice {...props} />
          <Legend />
          <InView points={props.points} cut={props.cut} onOpen={props.onOpen} />
        </div>
      )}
    </section>
  );
}

function LayerChoice({ layers, hidden, onToggle, failed }: Props) {
  return (
    <>
      <h2>{t('map.layers')}</h2>
      <ul>
        {layers.map((layer) => (
          <li key={layer.id}>
            <Checkbox checked={!hidden.includes(layer.id)} onChange={(event) => onToggle(layer.id, event.target.checked)}>
              {say(layer.title)}
            </Checkbox>
            {failed.includes(layer.id) && <p role="alert">{t('map.layer_failed', { layer: say(layer.title) })}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Legend() {
  return (
    <>
      <h2>{t('map.legend')}</h2>
      <ul className="map-legend">
        {[1, 2, 3, 4].map((level) => (
          <li key={level}>
            <span className={`map-dot of-${level}`} aria-hidden>
              {levelShapes[level - 1]}
            </span>
            {levelWord(level)}
          </li>
        ))}
        <li>
          <span className="map-dot of-none" aria-hidden />
          {t('level.none')}
        </li>
      </ul>
      <p className="quiet map-words">
        {t('map.cluster')}
        {t('say.semicolon')}
        {t('map.point_overdue')}
        {t('say.stop')}
      </p>
    </>
  );
}

function InView({ points, cut, onOpen }: Pick<Props, 'points' | 'cut' | 'onOpen'>) {
  const rows = points.features
    .map((feature) => feature.properties)
    .toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || (a.level ?? 9) - (b.level ?? 9))
    .slice(0, listed);
  return (
    <>
      <h2>{t('map.list')}</h2>
      {rows.length === 0 && <p className="quiet">{t('map.none')}</p>}
      {(cut || points.features.length > listed) && <p className="quiet map-words">{t('map.too_many', { n: listed })}</p>}
      <ul className="map-rows">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="map-row" onClick={() => onOpen(row)}>
              <LevelBar level={row.level} />
              <span className="ellipsis">{row.title}</span>
              <span className={row.overdue ? 'time-left is-late' : 'quiet'}>
                {row.overdue ? t('inbox.overdue') : findWorkflow(row.kind) ? stateWord(row.kind, row.state) : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
