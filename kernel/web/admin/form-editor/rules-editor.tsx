import { Checkbox, Input, Radio } from 'antd';
import { put } from '../../../form/edit/put.ts';
import type { Finding, Item } from '../../../form/form.ts';
import { say } from '../../words/words.ts';
import { type AnswerOption, answersOf } from './answers-of.ts';
import { words } from './editor-words.ts';
import { BilingualField, Field, NumberField } from './field.tsx';

type Props = { item: Item; onChange: (item: Item) => void };

/** What certain answers call for: photos, and the report of a hidden danger. */
export function RulesEditor({ item, onChange }: Props) {
  const answers = answersOf(item);
  if (answers === null) return null;
  const bad = [answers.find((one) => one.value === 'fail')?.value ?? answers.at(-1)?.value ?? ''];
  const { mustPhoto, finding } = item;
  return (
    <>
      <fieldset className="edit-rule">
        <legend>
          <Checkbox
            checked={mustPhoto !== undefined}
            onChange={(event) => onChange(put(item, { mustPhoto: event.target.checked ? { when: bad, min: 1 } : undefined }))}
          >
            {say(words.mustPhoto)}
          </Checkbox>
        </legend>
        {mustPhoto && (
          <>
            <When
              id={`${item.key}-photo-when`}
              answers={answers}
              value={mustPhoto.when}
              onChange={(when) => onChange(put(item, { mustPhoto: { ...mustPhoto, when } }))}
            />
            <NumberField
              label={words.fewest}
              value={mustPhoto.min ?? 1}
              min={1}
              max={20}
              whole
              onChange={(min) => onChange(put(item, { mustPhoto: put(mustPhoto, { min }) }))}
            />
          </>
        )}
      </fieldset>
      <fieldset className="edit-rule">
        <legend>
          <Checkbox
            checked={finding !== undefined}
            onChange={(event) =>
              onChange(put(item, { finding: event.target.checked ? { when: bad, text: { zh: '', en: '' }, grade: 'general' } : undefined }))
            }
          >
            {say(words.finding)}
          </Checkbox>
        </legend>
        {finding && (
          <FindingFields item={item} finding={finding} answers={answers} onChange={(next) => onChange(put(item, { finding: next }))} />
        )}
      </fieldset>
    </>
  );
}

type FindingProps = { item: Item; finding: Finding; answers: AnswerOption[]; onChange: (finding: Finding) => void };

function FindingFields({ item, finding, answers, onChange }: FindingProps) {
  return (
    <>
      <When id={`${item.key}-finding-when`} answers={answers} value={finding.when} onChange={(when) => onChange({ ...finding, when })} />
      <BilingualField label={words.findingText} value={finding.text} onChange={(text) => onChange({ ...finding, text })} />
      <div className="edit-field">
        <span id={`${item.key}-grade`}>{say(words.grade)}</span>
        <Radio.Group
          aria-labelledby={`${item.key}-grade`}
          value={finding.grade}
          options={(['general', 'major'] as const).map((grade) => ({ value: grade, label: say(words[grade]) }))}
          onChange={(event) => onChange({ ...finding, grade: event.target.value === 'major' ? 'major' : 'general' })}
        />
      </div>
      <Field label={words.clause} wide>
        {(id) => (
          <Input
            id={id}
            value={finding.clause ?? ''}
            onChange={(event) => onChange(put(finding, { clause: event.target.value || undefined }))}
          />
        )}
      </Field>
    </>
  );
}

function When({
  id,
  answers,
  value,
  onChange,
}: {
  id: string;
  answers: AnswerOption[];
  value: string[];
  onChange: (when: string[]) => void;
}) {
  return (
    <div className="edit-field is-wide">
      <span id={id}>{say(words.when)}</span>
      <Checkbox.Group aria-labelledby={id} value={value} options={answers} onChange={(when) => onChange(when.map(String))} />
    </div>
  );
}
