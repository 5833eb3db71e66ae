import { useState } from 'react';
import { t } from '../words/words.ts';
import { Lightbox } from './lightbox.tsx';
import './photos.css';

/** Thumbnails of evidence; one opens all of them at full size. */
export function Photos({ files, size = 'normal' }: { files: readonly string[]; size?: 'normal' | 'small' }) {
  const [open, setOpen] = useState<number>();
  return (
    <>
      <ul className={`thumbs is-${size}`}>
        {files.map((file, i) => (
          <li key={file}>
            <button type="button" onClick={() => setOpen(i)} aria-label={t('photo.view', { name: `${i + 1}/${files.length}` })}>
              <img src={`/api/files/${file}/thumb`} alt="" className="thumb" loading="lazy" width={96} height={96} />
            </button>
          </li>
        ))}
      </ul>
      {open !== undefined && <Lightbox files={files} at={open} onMove={setOpen} onClose={() => setOpen(undefined)} />}
    </>
  );
}
