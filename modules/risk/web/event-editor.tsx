import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Select } from 'antd';
import { fillText } from '#kernel/text.ts';
import { LevelTag } from '#kernel/web/level.tsx';
import { getLang, say } from '#kernel/web/words/words.ts';
import { factorFaults, findTable, grade } from '../grading.ts';
import { controlLevels, type DirectMajor, directMajor, type GradingTable, gradingTables } from '../grading-tables.ts';
import type { RiskEvent } from '../schema.ts';
import { newMeasure, put, replaced, without, withTable } from './drafts.ts';
import { ChoiceField, Field, PlaceNote, RemoveButton, TextField } from './editor-parts.tsx';
import { MeasureEditor } from './measure-editor.tsx';
import { words } from './words.ts';

const tables = Object.fromEntries(gradingTables.map((table) => [table.version, table.title]));

type Props = { event: RiskEvent; path: string; today: string; onChange: (event: RiskEvent) => void; onRemove: () => void };

export function EventEditor({ event, path, today, onChange, onRemove }: Props) {
  const table = findTable(event.table);
  return (
    <fieldset className="risk-event-edit">
      <legend>
        {say(words.event)} <RemoveButton what={event.name} onClick={onRemove} />
      </legend>
      <div className="risk-fields">
        <TextField
          label={words.event}
          path={`${path}.name`}
          value={event.name}
          max={200}
          onChange={(name) => onChange({ ...event, name })}
        />
        <TextField
          label={words.consequence}
          path={`${path}.consequence`}
          value={event.consequence}
          max={500}
          onChange={(value) => onChange(put(event, 'consequence', value))}
        />
        <ChoiceField
          label={words.table}
          path={`${path}.table`}
          options={tables}
          value={event.table}
          onChange={(version) => onChange(withTable(event, version))}
        />
        <ChoiceField
          label={words.control}
          path={`${path}.control`}
          options={controlLevels}
          value={event.control}
          onChange={(control) => onChange({ ...event, control })}
        />
      </div>
      {table && (
        <div className="risk-sides">
          {(['inherent', 'residual'] as const).map((side) => (
            <Side key={side} side={side} event={event} table={table} path={`${path}.${side}`} onChange={onChange} />
          ))}
        </div>
      )}
      <Field label={words.direct} path={`${path}.direct`} wide>
        {(id) => (
          <Checkbox.Group
            className="risk-direct"
            aria-labelledby={id}
            value={event.direct}
            options={Object.entries(directMajor).map(([value, label]) => ({ value, label: say(label) }))}
            onChange={(direct) => onChange({ ...event, direct: direct as DirectMajor[] })}
          />
        )}
      </Field>
      <PlaceNote path={`${path}.measures`} />
      {event.measures.map((measure, m) => (
        <MeasureEditor
          key={measure.id}
          measure={measure}
          path={`${path}.measures.${m}`}
          today={today}
          onChange={(next) => onChange({ ...event, measures: replaced(event.measures, m, next) })}
          onRemove={() => onChange({ ...event, measures: without(event.measures, m) })}
        />
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange({ ...event, measures: [...event.measures, newMeasure(today)] })}>
        {say(words.addMeasure)}
      </Button>
    </fieldset>
  );
}

type SideProps = {
  side: 'inherent' | 'residual';
  event: RiskEvent;
  table: GradingTable;
  path: string;
  onChange: (event: RiskEvent) => void;
};

/** The factors of one side with the level they give, as soon as all are chosen. */
function Side({ side, event, table, path, onChange }: SideProps) {
  const factors = event[side];
  const graded = factorFaults(table, factors).length === 0 ? grade(table, factors, event.direct) : undefined;
  return (
    <section className="risk-side">
      <h5>
        {say(side === 'inherent' ? words.before : words.after)}{' '}
        {graded && (
          <>
            <LevelTag level={graded.level} /> <span className="quiet">{fillText(words.score, { n: graded.score }, getLang())}</span>
          </>
        )}
      </h5>
      {table.factors.map((factor) => (
        <Field key={factor.key} label={factor.label} path={`${path}.${factor.key}`}>
          {(id) => (
            <Select<number>
              id={id}
              value={factors[factor.key] ?? null}
              options={factor.values.map(({ value, label }) => ({ value, label: `${value} ${say(label)}` }))}
              popupMatchSelectWidth={false}
              onChange={(value) => onChange({ ...event, [side]: { ...factors, [factor.key]: value } })}
            />
          )}
        </Field>
      ))}
      <PlaceNote path={path} />
    </section>
  );
}
