import { useEffect } from 'react';
import { matterModule } from '../matter-contract.ts';
import { setLive } from './network.ts';
import { queryClient } from './query-client.ts';

type LedgerNote = { name: string; kind: string | null; subject: string | null };

const listeners = new Set<(note: LedgerNote) => void>();
const matterNames = matterModule.queries.map((one) => `${matterModule.name}.${one.name}`);

/** What changed since the last flush. Refetching is gathered: a burst of a hundred rows costs one refetch, not a hundred. */
let kinds = new Set<string>();
let subjects = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

function note(row: LedgerNote): void {
  if (row.kind) kinds.add(row.kind);
  if (row.subject) subjects.add(row.subject);
  if (timer === undefined) timer = setTimeout(flush, 400);
  for (const listener of listeners) listener(row);
}

function flush(): void {
  const [touched, seen] = [kinds, subjects];
  kinds = new Set();
  subjects = new Set();
  timer = undefined;
  void queryClient.invalidateQueries({
    predicate: ({ queryKey: [name, input] }) => {
      if (name === 'matter.inbox' || name === 'map.features') return touched.size > 0;
      if (name === 'matter.get') return seen.has((input as { id?: string } | undefined)?.id ?? '');
      return name === 'matter.stats' && touched.has((input as { kind?: string } | undefined)?.kind ?? '');
    },
  });
}

function parse(event: Event): unknown {
  try {
    return JSON.parse((event as MessageEvent<string>).data);
  } catch {
    return undefined;
  }
}

/** Keeps the pages current while somebody is signed in. The browser reconnects by itself and resumes with Last-Event-ID. */
export function useLive(): void {
  useEffect(() => {
    const source = new EventSource('/api/live');
    let wasLost = false;
    source.addEventListener('open', () => {
      setLive(true);
      if (wasLost) void queryClient.invalidateQueries({ predicate: ({ queryKey }) => matterNames.includes(String(queryKey[0])) });
      wasLost = false;
    });
    source.addEventListener('error', () => {
      wasLost = true;
      setLive(false);
    });
    source.addEventListener('ledger', (event) => {
      const row = parse(event) as LedgerNote | undefined;
      if (row) note(row);
    });
    source.addEventListener('notice', () => {
      void queryClient.invalidateQueries({ queryKey: ['notice.list'] });
      void queryClient.invalidateQueries({ queryKey: ['notice.unreadCount'] });
    });
    return () => {
      source.close();
      setLive(true);
    };
  }, []);
}

/** Told of every ledger row the person may see, at once. */
export function useLedger(listener: (note: LedgerNote) => void): void {
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listener]);
}
