import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { put } from '../../../form/edit/put.ts';
import type { ScoreRule } from '../../../form/form.ts';
import { fillPlaces, say } from '../../words/words.ts';
import { words } from './editor-words.ts';
import { NumberField } from './field.tsx';
import { placed } from './placed.ts';

type Bands = NonNullable<ScoreRule['bands']>;

/** The worth of a number by the range it lies in. */
export function BandsEditor({ bands, onChange }: { bands: Bands; onChange: (bands: Bands) => void }) {
  const change = (at: number, part: Partial<Record<'min' | 'max', number | undefined>> & { points?: number }) =>
    onChange(bands.map((band, i) => (i === at ? put(band, part) : band)));
  return (
    <div className="edit-bands">
      <p className="quiet">{say(words.bandsHelp)}</p>
      {placed(bands).map(({ one: band, i, place }) => (
        // A range is known by its place: the first that fits counts.
        <div key={place} className="edit-numbers">
          <NumberField label={words.from} value={band.min} onChange={(min) => change(i, { min })} />
          <NumberField label={words.to} value={band.max} onChange={(max) => change(i, { max })} />
          <NumberField label={words.got} value={band.points} min={0} max={1000} onChange={(points) => change(i, { points: points ?? 0 })} />
          {bands.length > 1 && (
            <Button
              type="text"
              icon={<CloseOutlined />}
              aria-label={fillPlaces(say(words.removeBand), { n: i + 1 })}
              onClick={() => onChange(bands.filter((_, other) => other !== i))}
            />
          )}
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...bands, { points: 0 }])}>
        {say(words.addBand)}
      </Button>
    </div>
  );
}
