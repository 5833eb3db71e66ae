import { Button } from 'antd';
import { type ChangeEvent, useContext, useRef, useState } from 'react';
import { usePending } from '../form/pending.tsx';
import { shelve } from '../form/photo-shelf.ts';
import { pictureAddress, SendFileContext } from '../form/send-file.ts';
import { say, t } from '../words/words.ts';
import { words } from './answering-words.ts';
import { inkLength } from './signature-line.ts';
import { useStrokes } from './use-strokes.ts';

type Props = { labelledBy: string; value: string | undefined; onChange: (value: string | undefined) => void };

/** Shorter than this, in CSS pixels, it was a slip of the finger. */
const leastInk = 20;

/** A signature by hand; whoever cannot draw chooses a picture of one. The value is the file's id. */
export function SignatureAnswer({ labelledBy, value, onChange }: Props) {
  if (value === undefined) return <Pad labelledBy={labelledBy} onChange={onChange} />;
  return (
    <div className="signed">
      <img src={pictureAddress(value)} alt={say(words.signed)} />
      <Button onClick={() => onChange(undefined)}>{say(words.signAgain)}</Button>
    </div>
  );
}

function Pad({ labelledBy, onChange }: Omit<Props, 'value'>) {
  const sendFile = useContext(SendFileContext);
  const { canvas, strokes, clear, on, toPng } = useStrokes();
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  usePending(sending);

  const send = async (file: File, drawn: boolean) => {
    setSending(true);
    setFailed(undefined);
    const sent = await sendFile(shelve(file, drawn ? 'unknown' : 'album', drawn), () => {});
    setSending(false);
    if ('failed' in sent) setFailed(sent.failed);
    else onChange(sent.id);
  };
  const finish = async () => send(new File([await toPng()], 'signature.png', { type: 'image/png' }), true);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (file) void send(file, false);
  };

  return (
    <fieldset aria-labelledby={labelledBy} className="answer-group sign-pad">
      <div className="sign-paper">
        <canvas ref={canvas} {...on} aria-label={say(words.signHere)} role="img" />
        {strokes.length === 0 && <span aria-hidden>{say(words.signHere)}</span>}
      </div>
      <div className="photo-sources">
        <Button type="primary" ghost loading={sending} disabled={inkLength(strokes) < leastInk} onClick={() => void finish()}>
          {say(words.signDone)}
        </Button>
        <Button disabled={strokes.length === 0 || sending} onClick={clear}>
          {say(words.signClear)}
        </Button>
        <Button disabled={sending} onClick={() => input.current?.click()}>
          {say(words.signPicture)}
        </Button>
        <input ref={input} type="file" accept="image/*" hidden tabIndex={-1} aria-label={say(words.signPicture)} onChange={choose} />
      </div>
      {failed && (
        <p role="alert" className="answer-wrong">
          {t('photo.failed', { why: failed })}
        </p>
      )}
    </fieldset>
  );
}
