import { Input } from 'antd';
import type { DraftFault } from '../../../form/edit/draft-faults.ts';
import type { Form } from '../../../form/form.ts';
import { say } from '../../words/words.ts';
import type { Change } from './editing.ts';
import { words } from './editor-words.ts';
import { FaultNotes } from './fault-notes.tsx';
import { BilingualField, Field } from './field.tsx';

type Props = { form: Form; fresh: boolean; faults: readonly DraftFault[]; change: Change };

/** Id and title. The id can be chosen until the form is first saved. */
export function EditorHead({ form, fresh, faults, change }: Props) {
  return (
    <section className="edit-section" aria-label={say(words.title)}>
      <FaultNotes faults={faults} />
      <BilingualField label={words.title} value={form.title} onChange={(title) => change((one) => ({ ...one, title }))} />
      <Field label={words.id}>
        {(id) =>
          fresh ? (
            <>
              <Input
                id={id}
                className="code"
                value={form.id}
                maxLength={60}
                placeholder="gas-restaurant"
                onChange={(event) => change((one) => ({ ...one, id: event.target.value.trim() }))}
              />
              <p className="quiet">{say(words.idHelp)}</p>
            </>
          ) : (
            <Input id={id} className="code" value={form.id} disabled />
          )
        }
      </Field>
    </section>
  );
}
