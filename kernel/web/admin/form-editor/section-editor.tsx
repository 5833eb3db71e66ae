import { Button } from 'antd';
import { useState } from 'react';
import type { DraftFault } from '../../../form/edit/draft-faults.ts';
import * as edit from '../../../form/edit/edit-form.ts';
import { put } from '../../../form/edit/put.ts';
import type { Item, ItemKind, Section } from '../../../form/form.ts';
import { pick } from '../../../text.ts';
import { getLang, say } from '../../words/words.ts';
import { ConditionEditor } from './condition-editor.tsx';
import type { Change, Editing } from './editing.ts';
import { kindWords, words } from './editor-words.ts';
import { FaultNotes } from './fault-notes.tsx';
import { BilingualField, NumberField } from './field.tsx';
import { ItemEditor } from './item-editor.tsx';
import { RowButtons } from './row-buttons.tsx';

type Props = {
  section: Section;
  number: number;
  /** The items asked before this section. */
  earlier: readonly Item[];
  faults: readonly DraftFault[];
  only: boolean;
  editing: Editing;
  grow: Change;
};

/** One section: its title, weight and condition, its items, and what may be added. */
export function SectionEditor({ section, number, earlier, faults, only, editing, grow }: Props) {
  const { change } = editing;
  const name = pick(section.title, getLang()) || say(words.untitled);
  const set = (part: Parameters<typeof put<Section>>[1]) =>
    change((form) => edit.changeSection(form, section.key, (one) => put(one, part)));
  return (
    <section className="edit-section" id={`edit-${section.key}`} aria-label={name}>
      <header className="edit-item-head">
        <h2>
          {number}. {name}
        </h2>
        <RowButtons
          row={section.key}
          name={name}
          onMove={(by) => change((form) => edit.moveSection(form, section.key, by))}
          onRemove={only ? undefined : () => change((form) => edit.removeSection(form, section.key))}
        />
      </header>
      <FaultNotes faults={faults.filter((fault) => fault.at === section.key)} />
      <BilingualField label={words.sectionTitle} value={section.title} onChange={(title) => set({ title })} />
      <NumberField label={words.weight} value={section.weight} min={0} max={1000} onChange={(weight) => set({ weight })} />
      {earlier.length > 0 && (
        <ConditionEditor label={words.sectionCondition} condition={section.when} earlier={earlier} onChange={(when) => set({ when })} />
      )}
      <ol className="edit-items">
        {section.items.map((item, i) => (
          <ItemEditor
            key={item.key}
            item={item}
            number={`${number}.${i + 1}`}
            earlier={[...earlier, ...section.items.slice(0, i)]}
            faults={faults.filter((fault) => fault.at === item.key)}
            editing={editing}
          />
        ))}
      </ol>
      <AddItem onAdd={(kind) => grow((form) => edit.addItem(form, section.key, kind))} />
    </section>
  );
}

function AddItem({ onAdd }: { onAdd: (kind: ItemKind) => void }) {
  const [open, setOpen] = useState(false);
  const kinds = Object.keys(kindWords) as ItemKind[];
  return (
    <div className="edit-add">
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {say(words.addItem)}
      </Button>
      {open &&
        kinds.map((kind) => (
          <Button
            key={kind}
            size="small"
            onClick={() => {
              setOpen(false);
              onAdd(kind);
            }}
          >
            {say(kindWords[kind])}
          </Button>
        ))}
    </div>
  );
}
