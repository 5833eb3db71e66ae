import { DownOutlined } from '@ant-design/icons';
import { Checkbox, Input } from 'antd';
import type { DraftFault } from '../../../form/edit/draft-faults.ts';
import * as edit from '../../../form/edit/edit-form.ts';
import { put } from '../../../form/edit/put.ts';
import { renameKey, renameOption } from '../../../form/edit/rename.ts';
import type { Item } from '../../../form/form.ts';
import { pick } from '../../../text.ts';
import { fillPlaces, getLang, say } from '../../words/words.ts';
import { ConditionEditor } from './condition-editor.tsx';
import type { Editing } from './editing.ts';
import { kindWords, words } from './editor-words.ts';
import { FaultNotes } from './fault-notes.tsx';
import { BilingualField, Field, OptionalBilingual } from './field.tsx';
import { KeyField } from './key-field.tsx';
import { KindFields } from './kind-fields.tsx';
import { RowButtons } from './row-buttons.tsx';
import { RulesEditor } from './rules-editor.tsx';
import { ScoreEditor } from './score-editor.tsx';

type Props = { item: Item; number: string; earlier: readonly Item[]; faults: readonly DraftFault[]; editing: Editing };

/** One item: its row with the buttons, and, opened, everything about it. */
export function ItemEditor({ item, number, earlier, faults, editing }: Props) {
  const { change, open, setOpen } = editing;
  const name = pick(item.label, getLang()) || say(words.untitled);
  const opened = open === item.key;
  return (
    <li className={opened ? 'edit-item is-open' : 'edit-item'} id={`edit-${item.key}`}>
      <div className="edit-item-head">
        <button type="button" className="edit-toggle" aria-expanded={opened} onClick={() => setOpen(opened ? undefined : item.key)}>
          <DownOutlined aria-hidden />
          <span>
            {number} {name}
          </span>
          <span className="tag">{say(kindWords[item.kind])}</span>
          {item.required && <span className="tag">{say(words.required)}</span>}
          {item.when && <span className="tag">{say(words.conditional)}</span>}
          {faults.length > 0 && <span className="answer-wrong">{fillPlaces(say(words.faults), { n: faults.length })}</span>}
        </button>
        <RowButtons
          row={item.key}
          name={name}
          onMove={(by) => change((form) => edit.moveItem(form, item.key, by))}
          onDuplicate={() => change((form) => edit.duplicateItem(form, item.key))}
          onRemove={() => change((form) => edit.removeItem(form, item.key))}
        />
      </div>
      <FaultNotes faults={faults} />
      {opened && <ItemFields item={item} earlier={earlier} editing={editing} />}
    </li>
  );
}

function ItemFields({ item, earlier, editing }: Pick<Props, 'item' | 'earlier' | 'editing'>) {
  const { change, keys, setOpen } = editing;
  const set = (next: Item) => change((form) => edit.changeItem(form, item.key, () => next));
  const rename = (to: string) => {
    change((form) => renameKey(form, item.key, to));
    setOpen(to);
  };
  return (
    <div className="edit-fields">
      <BilingualField label={words.label} value={item.label} first onChange={(label) => set({ ...item, label })} />
      <OptionalBilingual label={words.help} value={item.help} lines onChange={(help) => set(put(item, { help }))} />
      <div className="edit-pair">
        <Field label={words.clause}>
          {(id) => (
            <Input id={id} value={item.clause ?? ''} onChange={(event) => set(put(item, { clause: event.target.value || undefined }))} />
          )}
        </Field>
        <KeyField key={item.key} label={words.key} value={item.key} taken={keys} onRename={rename} />
      </div>
      <Checkbox
        checked={item.required === true}
        onChange={(event) => set(put(item, { required: event.target.checked ? true : undefined }))}
      >
        {say(words.required)}
      </Checkbox>
      <KindFields item={item} onChange={set} onRenameOption={(from, to) => change((form) => renameOption(form, item.key, from, to))} />
      <ConditionEditor label={words.condition} condition={item.when} earlier={earlier} onChange={(when) => set(put(item, { when }))} />
      <ScoreEditor item={item} onChange={set} />
      <RulesEditor item={item} onChange={set} />
    </div>
  );
}
