import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { say } from '#kernel/web/words/words.ts';
import { identifyMethods, pointTypes, type Tree, type Unit } from '../schema.ts';
import { newEvent, newUnit, put, replaced, without } from './drafts.ts';
import { ChoiceField, PlaceNote, RemoveButton, TextField } from './editor-parts.tsx';
import { EventEditor } from './event-editor.tsx';
import { words } from './words.ts';

type Props = { tree: Tree; today: string; onChange: (tree: Tree) => void };

export function TreeEditor({ tree, today, onChange }: Props) {
  return (
    <>
      <div className="risk-fields">
        <TextField label={words.name} path="name" value={tree.name} max={100} onChange={(name) => onChange({ ...tree, name })} />
        <ChoiceField
          label={words.type}
          path="type"
          options={pointTypes}
          value={tree.type}
          onChange={(type) => onChange({ ...tree, type })}
        />
        <TextField
          label={words.place}
          path="place"
          value={tree.place}
          max={200}
          onChange={(value) => onChange(put(tree, 'place', value))}
        />
        <TextField
          label={words.department}
          path="department"
          value={tree.department}
          max={60}
          onChange={(value) => onChange(put(tree, 'department', value))}
        />
        <TextField
          label={words.person}
          path="keeper"
          value={tree.keeper}
          max={40}
          onChange={(value) => onChange(put(tree, 'keeper', value))}
        />
        <TextField
          label={words.plan}
          path="plan"
          value={tree.plan}
          max={4000}
          rows={2}
          help={words.planHelp}
          onChange={(value) => onChange(put(tree, 'plan', value))}
        />
      </div>
      {tree.units.map((unit, u) => (
        <UnitEditor
          key={unit.id}
          unit={unit}
          path={`units.${u}`}
          today={today}
          onChange={(next) => onChange({ ...tree, units: replaced(tree.units, u, next) })}
          onRemove={() => onChange({ ...tree, units: without(tree.units, u) })}
        />
      ))}
      <PlaceNote path="units" />
      <Button icon={<PlusOutlined />} onClick={() => onChange({ ...tree, units: [...tree.units, newUnit(today)] })}>
        {say(words.addUnit)}
      </Button>
    </>
  );
}

type UnitProps = { unit: Unit; path: string; today: string; onChange: (unit: Unit) => void; onRemove: () => void };

function UnitEditor({ unit, path, today, onChange, onRemove }: UnitProps) {
  return (
    <fieldset className="risk-unit-edit">
      <legend>
        {say(words.unit)} <RemoveButton what={unit.name} onClick={onRemove} />
      </legend>
      <div className="risk-fields">
        <TextField
          label={words.unitName}
          path={`${path}.name`}
          value={unit.name}
          max={200}
          onChange={(name) => onChange({ ...unit, name })}
        />
        <ChoiceField
          label={words.method}
          path={`${path}.method`}
          options={identifyMethods}
          value={unit.method}
          onChange={(method) => onChange({ ...unit, method })}
        />
      </div>
      {unit.events.map((event, e) => (
        <EventEditor
          key={event.id}
          event={event}
          path={`${path}.events.${e}`}
          today={today}
          onChange={(next) => onChange({ ...unit, events: replaced(unit.events, e, next) })}
          onRemove={() => onChange({ ...unit, events: without(unit.events, e) })}
        />
      ))}
      <PlaceNote path={`${path}.events`} />
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange({ ...unit, events: [...unit.events, newEvent(today)] })}>
        {say(words.addEvent)}
      </Button>
    </fieldset>
  );
}
