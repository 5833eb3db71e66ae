import { FileOutlined } from '@ant-design/icons';
import type { MatterRecord } from '../../matter-contract.ts';
import { When } from '../clock.tsx';
import { Empty } from '../page-state.tsx';
import { t } from '../words/words.ts';
import { Photos } from './photos.tsx';

export function FilesTab({ record }: { record: MatterRecord }) {
  if (record.files.length === 0) return <Empty title={t('record.files_none')} help={t('record.files_none_help')} />;
  const images = record.files.filter((file) => file.type.startsWith('image/'));
  return (
    <>
      {images.length > 0 && <Photos files={images.map((file) => file.id)} />}
      <ul className="files">
        {record.files.map((file) => (
          <li key={`${file.id}${file.purpose}`}>
            <FileOutlined aria-hidden />
            <a href={`/api/files/${file.id}`} target="_blank" rel="noreferrer">
              {file.name}
            </a>
            <span className="quiet">
              {sizeWord(file.size)} · {t('record.file_by', { name: file.byName })} · <When at={file.at} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function sizeWord(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
