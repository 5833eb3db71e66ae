import { Input } from 'antd';
import { useState } from 'react';
import { isKey } from '../../../form/edit/keys.ts';
import type { Text } from '../../../text.ts';
import { say } from '../../words/words.ts';
import { words } from './editor-words.ts';
import { Field } from './field.tsx';

type Props = { label: Text; value: string; taken: ReadonlySet<string>; valid?: (text: string) => boolean; onRename: (to: string) => void };

/** A key is changed as a whole, when the field is left: half a key would already break what refers to it. */
export function KeyField({ label, value, taken, valid = isKey, onRename }: Props) {
  const [text, setText] = useState(value);
  const bad = text !== value && (!valid(text) || taken.has(text));
  const finish = () => {
    if (!bad && text !== value) onRename(text);
  };
  return (
    <Field label={label}>
      {(id) => (
        <>
          <Input
            id={id}
            className="code"
            value={text}
            status={bad ? 'error' : ''}
            aria-invalid={bad}
            onChange={(event) => setText(event.target.value)}
            onBlur={finish}
            onPressEnter={finish}
          />
          {bad && <p className="answer-wrong">{say(words.keyBad)}</p>}
        </>
      )}
    </Field>
  );
}
