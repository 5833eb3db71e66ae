import { EditOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Answer, Item } from '../../form/form.ts';
import { PhotosInput } from '../form/photos-input.tsx';
import { fillPlaces, say } from '../words/words.ts';
import { words } from './answering-words.ts';

type Props = {
  item: Item;
  labelledBy: string;
  answer: Answer;
  /** How many photos the answer calls for; 0 when it calls for none. */
  photosNeeded: number;
  onChange: (part: Partial<Answer>) => void;
};

/** What may stand beside an answer: the photos it calls for, and a note. */
export function BesideAnswer({ item, labelledBy, answer, photosNeeded, onChange }: Props) {
  const [noting, setNoting] = useState(false);
  const photos = answer.photos ?? [];
  const noted = noting || answer.note !== undefined;
  return (
    <div className="answer-beside">
      {(photosNeeded > 0 || photos.length > 0) && (
        <fieldset aria-labelledby={labelledBy} className="answer-group">
          {photosNeeded > 0 && <p className="answer-note">{fillPlaces(say(words.photos), { n: photosNeeded, taken: photos.length })}</p>}
          <PhotosInput
            id={`${item.key}-beside`}
            value={photos}
            onChange={(next) => onChange({ photos: next })}
            most={Math.max(9, photosNeeded)}
            files={false}
          />
        </fieldset>
      )}
      {noted ? (
        <Input.TextArea
          aria-label={say(words.note)}
          placeholder={say(words.note)}
          value={answer.note ?? ''}
          maxLength={2000}
          autoSize={{ minRows: 1, maxRows: 6 }}
          autoFocus={noting}
          onChange={(event) => onChange({ note: event.target.value })}
        />
      ) : (
        <Button type="text" size="small" icon={<EditOutlined aria-hidden />} className="answer-add-note" onClick={() => setNoting(true)}>
          {say(words.addNote)}
        </Button>
      )}
    </div>
  );
}
