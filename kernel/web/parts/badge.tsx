import type { ReactNode } from 'react';

/** A count on an icon; nothing where there is nothing to count. */
export function Badge({ count, children }: { count: number; children: ReactNode }) {
  return (
    <span className="badge">
      {children}
      {count > 0 && <b>{count > 99 ? '99+' : count}</b>}
    </span>
  );
}
