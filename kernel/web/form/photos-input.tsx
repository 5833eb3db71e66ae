import { CameraOutlined, CloseOutlined, FileOutlined, PictureOutlined, ReloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ChangeEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { acceptedExtensions } from '../../file-contract.ts';
import { t } from '../words/words.ts';
import { usePending } from './pending.tsx';
import { type Shelved, type Source, shelve } from './photo-shelf.ts';
import { pictureAddress, SendFileContext } from './send-file.ts';
import './photos-input.css';

type Props = { id: string; value: string[] | undefined; onChange(ids: string[]): void; most: number; files: boolean };

/** Photos (camera first) or any files. The value is the list of ids of what has arrived. */
export function PhotosInput({ value = [], onChange, id, most, files }: Props) {
  const [shelf, setShelf] = useState<Shelved[]>([]);
  const sendFile = useContext(SendFileContext);
  const ids = useRef(value);
  ids.current = value;
  usePending(shelf.some((one) => one.failed === undefined));

  const change = (key: string, part: Partial<Shelved> | undefined) =>
    setShelf((before) => before.flatMap((one) => (one.key !== key ? [one] : part ? [{ ...one, ...part }] : [])));

  const send = async (one: Shelved) => {
    change(one.key, { failed: undefined, percent: 0 });
    const sent = await sendFile(one, (percent) => change(one.key, { percent }));
    if ('failed' in sent) return change(one.key, { failed: sent.failed });
    change(one.key, undefined);
    onChange([...new Set([...ids.current, sent.id])]);
  };

  const take = (source: Source) => (event: ChangeEvent<HTMLInputElement>) => {
    const room = most - value.length - shelf.length;
    const chosen = [...(event.target.files ?? [])].slice(0, Math.max(0, room)).map((file) => shelve(file, source));
    event.target.value = '';
    setShelf((before) => [...before, ...chosen]);
    for (const one of chosen) void send(one);
  };

  const full = value.length + shelf.length >= most;
  return (
    <div className="photos">
      <ul className="photo-list">
        {value.map((file, i) => (
          <Kept key={file} file={file} label={`${i + 1}`} plain={files} onRemove={() => onChange(value.filter((one) => one !== file))} />
        ))}
        {shelf.map((one) => (
          <OnItsWay key={one.key} one={one} onRetry={() => void send(one)} onRemove={() => change(one.key, undefined)} />
        ))}
      </ul>
      {!full && (
        <div className="photo-sources">
          {files ? (
            <Pick id={id} icon={<UploadOutlined />} label={t('photo.file')} accept={acceptedExtensions} multiple onTake={take('unknown')} />
          ) : (
            <>
              <Pick id={id} icon={<CameraOutlined />} label={t('photo.camera')} accept="image/*" capture onTake={take('camera')} />
              <Pick icon={<PictureOutlined />} label={t('photo.album')} accept="image/*" multiple onTake={take('album')} />
            </>
          )}
        </div>
      )}
      <p className="quiet photo-hint">{files ? t('photo.file_hint') : t('photo.hint', { n: most })}</p>
    </div>
  );
}

type PickProps = {
  id?: string | undefined;
  icon: ReactNode;
  label: string;
  accept?: string;
  capture?: boolean;
  multiple?: boolean;
  onTake: (event: ChangeEvent<HTMLInputElement>) => void;
};

function Pick({ id, icon, label, accept, capture, multiple, onTake }: PickProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...(id ? { id } : {})} icon={icon} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        style={{ display: 'none' }}
        tabIndex={-1}
        aria-label={label}
        {...(accept ? { accept } : {})}
        {...(capture ? { capture: 'environment' as const } : {})}
        multiple={multiple === true}
        onChange={onTake}
      />
    </>
  );
}

function Kept({ file, label, plain, onRemove }: { file: string; label: string; plain: boolean; onRemove: () => void }) {
  return (
    <li className="photo">
      <a href={pictureAddress(file)} target="_blank" rel="noreferrer" aria-label={t('photo.view', { name: label })}>
        {plain ? <FileOutlined /> : <img src={pictureAddress(file, 'thumb')} alt="" />}
      </a>
      <button type="button" className="photo-remove" aria-label={t('photo.remove', { name: label })} onClick={onRemove}>
        <CloseOutlined />
      </button>
    </li>
  );
}

function OnItsWay({ one, onRetry, onRemove }: { one: Shelved; onRetry: () => void; onRemove: () => void }) {
  useEffect(
    () => () => {
      if (one.url) URL.revokeObjectURL(one.url);
    },
    [one.url],
  );
  return (
    <li className={one.failed ? 'photo is-failed' : 'photo is-sending'}>
      {one.url ? <img src={one.url} alt="" /> : <FileOutlined />}
      {one.failed ? (
        <button type="button" className="photo-word" onClick={onRetry}>
          <ReloadOutlined /> {t('photo.failed', { why: one.failed })}
        </button>
      ) : (
        <span className="photo-word" role="status">
          {t('photo.uploading', { percent: one.percent })}
        </span>
      )}
      <button type="button" className="photo-remove" aria-label={t('photo.remove', { name: one.name })} onClick={onRemove}>
        <CloseOutlined />
      </button>
    </li>
  );
}
