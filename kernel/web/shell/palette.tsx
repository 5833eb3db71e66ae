import { SearchOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { list } from '../../matter-contract.ts';
import { useMe } from '../session.ts';
import { useApi } from '../use-api.ts';
import { t } from '../words/words.ts';
import './palette.css';
import { ownRows, type PaletteRow, recordRows } from './palette-rows.ts';

/** Ctrl K: matters by text, what one may do, where one may go. A native dialog keeps the focus and closes on Esc. */
export function Palette({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const me = useMe();
  const asked = useDeferredValue(text.trim());
  const found = useApi(list, { text: asked, limit: 8, sort: '-enteredAt' }, { enabled: asked !== '', keep: true });
  const records = asked === '' ? [] : recordRows(found.data?.items ?? []);
  const rows = [...records, ...ownRows(me, text)];
  const id = useId();
  const current = Math.min(at, rows.length - 1);

  useEffect(() => dialog.current?.showModal(), []);

  const go = (row: PaletteRow | undefined) => {
    if (!row) return;
    onClose();
    void navigate({ to: row.to });
  };

  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((current + step + rows.length) % Math.max(1, rows.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(rows[current]);
    }
  };

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('search.open')}
      onClose={onClose}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div className="palette-box">
        <div className="palette-input">
          <SearchOutlined aria-hidden />
          <input
            role="combobox"
            aria-expanded={rows.length > 0}
            aria-controls={id}
            aria-activedescendant={rows[current] ? `${id}-${current}` : undefined}
            aria-label={t('search.placeholder')}
            placeholder={t('search.placeholder')}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKey}
          />
        </div>
        {found.isError && <p className="palette-note">{t('search.failed')}</p>}
        {rows.length === 0 && !found.isFetching && <p className="palette-note">{t('search.nothing', { text: text.trim() })}</p>}
        <PaletteList id={id} rows={rows} current={current} onPick={go} onHover={setAt} />
        <p className="palette-hint quiet">{t('search.hint')}</p>
      </div>
    </dialog>
  );
}

type ListProps = { id: string; rows: PaletteRow[]; current: number; onPick: (row: PaletteRow) => void; onHover: (at: number) => void };

function PaletteList({ id, rows, current, onPick, onHover }: ListProps) {
  return (
    <div id={id} role="listbox" aria-label={t('search.open')} className="palette-list" tabIndex={-1}>
      {rows.map((row, i) => (
        <Row
          key={`${row.group}${row.key}`}
          id={`${id}-${i}`}
          row={row}
          first={rows[i - 1]?.group !== row.group}
          current={i === current}
          onPick={() => onPick(row)}
          onHover={() => onHover(i)}
        />
      ))}
    </div>
  );
}

type RowProps = { id: string; row: PaletteRow; first: boolean; current: boolean; onPick: () => void; onHover: () => void };

function Row({ id, row, first, current, onPick, onHover }: RowProps) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) own.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <>
      {first && <span className="palette-group">{t(`search.${row.group}`)}</span>}
      <div
        id={id}
        ref={own}
        role="option"
        aria-selected={current}
        tabIndex={-1}
        className={current ? 'palette-row is-current' : 'palette-row'}
        onMouseMove={onHover}
        onClick={onPick}
        onKeyDown={(event) => event.key === 'Enter' && onPick()}
      >
        <span className="palette-title">{row.title}</span>
        <span className="quiet ellipsis">{row.under}</span>
      </div>
    </>
  );
}
