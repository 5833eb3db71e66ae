import { createContext, useContext, useEffect, useId } from 'react';

/** Fields that are still busy (uploads) tell their form, which waits for them before it submits. */
export const PendingContext = createContext<(field: string, busy: boolean) => void>(() => {});

export function usePending(busy: boolean): void {
  const field = useId();
  const tell = useContext(PendingContext);
  useEffect(() => {
    tell(field, busy);
    return () => tell(field, false);
  }, [tell, field, busy]);
}
