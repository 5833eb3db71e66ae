import { Checkbox } from 'antd';
import { put } from '../../../form/edit/put.ts';
import type { Item, ScoreRule } from '../../../form/form.ts';
import { fillText } from '../../../text.ts';
import { say } from '../../words/words.ts';
import { answersOf } from './answers-of.ts';
import { BandsEditor } from './bands-editor.tsx';
import { words } from './editor-words.ts';
import { NumberField } from './field.tsx';

type Props = { item: Item; onChange: (item: Item) => void };

/** The score an item of this kind begins with; null for kinds that cannot be scored. */
function firstScore(item: Item): ScoreRule | null {
  if (item.kind === 'yesno') return { full: 10 };
  if (item.kind === 'number') return { full: 10, bands: [{ min: 0, points: 10 }] };
  if (item.kind !== 'choice') return null;
  return { full: 10, points: Object.fromEntries(item.options.map(({ value }, i) => [value, i === 0 ? 10 : 0])) };
}

/** What the answers are worth, and which of them fail the whole form. */
export function ScoreEditor({ item, onChange }: Props) {
  const first = firstScore(item);
  if (first === null && item.score === undefined) return null;
  return (
    <fieldset className="edit-rule">
      <legend>
        <Checkbox
          checked={item.score !== undefined}
          onChange={(event) => onChange(put(item, { score: event.target.checked && first ? first : undefined }))}
        >
          {say(words.score)}
        </Checkbox>
      </legend>
      {item.score && <Rule item={item} score={item.score} onChange={(score) => onChange(put(item, { score }))} />}
    </fieldset>
  );
}

function Rule({ item, score, onChange }: { item: Item; score: ScoreRule; onChange: (score: ScoreRule) => void }) {
  const answers = answersOf(item);
  const points = (value: string, worth: number | undefined) => {
    const { [value]: _, ...others } = score.points ?? {};
    onChange(put(score, { points: worth === undefined ? others : { ...others, [value]: worth } }));
  };
  return (
    <>
      <div className="edit-numbers">
        <NumberField
          label={words.full}
          value={score.full}
          min={0}
          max={1000}
          onChange={(full) => onChange({ ...score, full: full ?? 0 })}
        />
        {item.kind === 'choice' &&
          answers?.map(({ value, label }) => (
            <NumberField
              key={value}
              label={{ zh: fillText(words.points, { answer: label }, 'zh'), en: fillText(words.points, { answer: label }, 'en') }}
              value={score.points?.[value]}
              min={0}
              max={1000}
              onChange={(worth) => points(value, worth)}
            />
          ))}
      </div>
      {item.kind === 'number' && <BandsEditor bands={score.bands ?? []} onChange={(bands) => onChange({ ...score, bands })} />}
      {answers && (
        <div className="edit-field is-wide">
          <span id={`${item.key}-veto`}>{say(words.veto)}</span>
          <Checkbox.Group
            aria-labelledby={`${item.key}-veto`}
            value={score.veto ?? []}
            options={answers}
            onChange={(veto) => onChange(put(score, { veto: veto.length > 0 ? veto.map(String) : undefined }))}
          />
        </div>
      )}
    </>
  );
}
