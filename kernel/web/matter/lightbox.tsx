import { CloseOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { t } from '../words/words.ts';

type Props = { files: readonly string[]; at: number; onMove: (at: number) => void; onClose: () => void };

/** Photos at full size over everything; arrow keys turn the pages, Esc closes. */
export function Lightbox({ files, at, onMove, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const turn = (step: number) => onMove((at + step + files.length) % files.length);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') turn(1);
    if (event.key === 'ArrowLeft') turn(-1);
  };
  const place = `${at + 1}/${files.length}`;
  return (
    <dialog ref={dialog} className="lightbox" aria-label={t('photo.view', { name: place })} onClose={onClose} onKeyDown={onKey}>
      <img src={`/api/files/${files[at]}`} alt={place} />
      <div className="lightbox-bar">
        <button type="button" onClick={() => turn(-1)} disabled={files.length < 2} aria-label="←">
          <LeftOutlined />
        </button>
        <span>{place}</span>
        <button type="button" onClick={() => turn(1)} disabled={files.length < 2} aria-label="→">
          <RightOutlined />
        </button>
        <button type="button" onClick={() => dialog.current?.close()} aria-label={t('say.close')}>
          <CloseOutlined />
        </button>
      </div>
    </dialog>
  );
}
