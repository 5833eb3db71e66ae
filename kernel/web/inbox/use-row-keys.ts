import { useEffect } from 'react';

const busy = 'input, textarea, select, [contenteditable], [role="combobox"], dialog, .ant-modal, .ant-drawer';

/**
 * j and k move through the rows, Enter acts on the current one. Keys are left alone while somebody types or a dialog is open;
 * Enter on a link or a button is that link's or button's own.
 */
export function useRowKeys(ids: readonly string[], current: string | undefined, onMove: (id: string) => void, onEnter: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const on = event.target instanceof Element ? event.target : document.body;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        on.closest(busy) ||
        document.querySelector('dialog[open], .ant-modal-wrap:not([style*="none"])')
      )
        return;
      if (event.key === 'Enter') {
        if (!on.closest('a, button')) onEnter();
        return;
      }
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (step === 0 || ids.length === 0) return;
      event.preventDefault();
      const at = current === undefined ? -1 : ids.indexOf(current);
      const next = ids[Math.max(0, Math.min(ids.length - 1, at + step))];
      if (next === undefined) return;
      onMove(next);
      document.querySelector(`[data-row="${next}"]`)?.scrollIntoView({ block: 'nearest' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [ids, current, onMove, onEnter]);
}
