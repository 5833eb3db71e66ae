import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { serverNow } from '../network.ts';
import { dropDraft, keepDraft, readDraft } from './draft.ts';
import type { Field } from './fields.ts';

/** Keeps what is typed on this device, half a second after the last key, and at once when the page goes away. */
export function useDraft(key: string | undefined, fields: readonly Field[]) {
  const restored = useMemo(() => (key === undefined ? undefined : readDraft(key)), [key]);
  const [shown, setShown] = useState(restored);
  const secret = useMemo(() => new Set(fields.filter((field) => field.look === 'password').map((field) => field.name)), [fields]);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; write: () => void }>(undefined);

  const flush = useCallback(() => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    waiting.current.write();
    waiting.current = undefined;
  }, []);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  const keep = (values: Record<string, unknown>) => {
    if (key === undefined) return;
    if (waiting.current) clearTimeout(waiting.current.timer);
    const write = () => keepDraft(key, values, secret, serverNow());
    waiting.current = { timer: setTimeout(flush, 500), write };
  };

  const drop = () => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = undefined;
    if (key !== undefined) dropDraft(key);
    setShown(undefined);
  };

  return { restored: shown, keep, drop };
}
