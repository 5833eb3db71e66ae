import { Checkbox, Input } from 'antd';
import { say } from '#kernel/web/words/words.ts';
import { type CheckCycle, cycleDays, cycleUnits, type Measure, measureClasses, measureKinds, taskRoles } from '../schema.ts';
import { newCycle, put } from './drafts.ts';
import { ChoiceField, Field, NumberField, PlaceNote, RemoveButton, TextField } from './editor-parts.tsx';
import { words } from './words.ts';

type Props = { measure: Measure; path: string; today: string; onChange: (measure: Measure) => void; onRemove: () => void };

export function MeasureEditor({ measure, path, today, onChange, onRemove }: Props) {
  const cycle = measure.cycle ?? newCycle(today);
  return (
    <fieldset className="risk-measure">
      <legend>
        {say(words.measure)} <RemoveButton what={measure.content} onClick={onRemove} />
      </legend>
      <div className="risk-fields">
        <ChoiceField
          label={words.measureKind}
          path={`${path}.kind`}
          options={measureKinds}
          value={measure.kind}
          onChange={(kind) => onChange({ ...measure, kind })}
        />
        <ChoiceField
          label={words.measureClass}
          path={`${path}.class`}
          options={measureClasses}
          value={measure.class}
          onChange={(value) => onChange(put(measure, 'class', value))}
        />
        <TextField
          label={words.content}
          path={`${path}.content`}
          value={measure.content}
          max={4000}
          rows={2}
          onChange={(content) => onChange({ ...measure, content })}
        />
        <div className="risk-field is-wide">
          <Checkbox checked={measure.automatic} onChange={(event) => onChange({ ...measure, automatic: event.target.checked })}>
            {say(words.automatic)}
          </Checkbox>
        </div>
        {!measure.automatic && (
          <>
            <TextField
              label={words.check}
              path={`${path}.check`}
              value={measure.check}
              max={1000}
              rows={2}
              help={words.noCheck}
              onChange={(check) => onChange({ ...measure, check })}
            />
            {measure.check !== undefined && measure.check.trim() !== '' && (
              <CycleEditor cycle={cycle} path={`${path}.cycle`} onChange={(next) => onChange({ ...measure, cycle: next })} />
            )}
          </>
        )}
      </div>
    </fieldset>
  );
}

type CycleProps = { cycle: CheckCycle; path: string; onChange: (cycle: CheckCycle) => void };

function CycleEditor({ cycle, path, onChange }: CycleProps) {
  const clock = (key: 'workFrom' | 'workTo') => (
    <Input
      type="time"
      aria-label={say(words.hours)}
      value={cycle[key] ?? ''}
      onChange={(event) => onChange(put(cycle, key, event.target.value))}
    />
  );
  return (
    <>
      <NumberField
        label={words.every}
        path={`${path}.every`}
        value={cycle.every}
        min={1}
        max={366}
        onChange={(every) => onChange({ ...cycle, every: every ?? 1 })}
      />
      <ChoiceField
        label={{ zh: '周期单位', en: 'Unit' }}
        path={`${path}.unit`}
        options={cycleUnits}
        value={cycle.unit}
        onChange={(unit) => onChange({ ...cycle, unit })}
      />
      <ChoiceField
        label={words.days}
        path={`${path}.days`}
        options={cycleDays}
        value={cycle.days}
        onChange={(days) => onChange({ ...cycle, days })}
      />
      <Field label={words.from} path={`${path}.from`}>
        {(id) => <Input id={id} type="date" value={cycle.from} onChange={(event) => onChange({ ...cycle, from: event.target.value })} />}
      </Field>
      {cycle.unit === 'hour' && (
        <Field label={words.hours} path={`${path}.hours`}>
          {() => (
            <span className="risk-hours">
              {clock('workFrom')} – {clock('workTo')}
            </span>
          )}
        </Field>
      )}
      <ChoiceField
        label={words.role}
        path={`${path}.role`}
        options={taskRoles}
        value={cycle.role}
        onChange={(role) => onChange({ ...cycle, role })}
      />
      {cycle.role !== 'daily' && (
        <NumberField
          label={words.item}
          path={`${path}.item`}
          value={cycle.item}
          min={1}
          max={10}
          onChange={(item) => onChange(put(cycle, 'item', item))}
        />
      )}
      <PlaceNote path={path} />
    </>
  );
}
