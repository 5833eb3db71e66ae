import { useSyncExternalStore } from 'react';

/** What is true of the line at this moment. `live` is the event stream: without it, pages may be stale. */
export type Network = { online: boolean; reachable: boolean; sending: number; live: boolean };

let network: Network = { online: typeof navigator === 'undefined' || navigator.onLine, reachable: true, sending: 0, live: true };
const listeners = new Set<() => void>();
/** Difference between the server's clock and the device's, ms. Deadlines are shown by the server's. */
let skew = 0;

function set(change: Partial<Network>): void {
  network = { ...network, ...change };
  for (const listener of listeners) listener();
}

export function watchLine(): void {
  window.addEventListener('online', () => {
    set({ online: true });
    void probe();
  });
  window.addEventListener('offline', () => set({ online: false }));
}

export const getNetwork = (): Network => network;
export const setLive = (live: boolean): void => {
  if (network.live !== live) set({ live });
};

let probing: ReturnType<typeof setTimeout> | undefined;

/** Asks the server for a sign of life until it gives one, so that the strip can say so without the person doing anything. */
async function probe(): Promise<void> {
  clearTimeout(probing);
  probing = undefined;
  try {
    const answer = await fetch('/healthz', { cache: 'no-store' });
    if (answer.ok) return set({ reachable: true, online: true });
  } catch {
    // Still away: the next probe comes by itself.
  }
  probing = setTimeout(() => void probe(), 4000);
}

export function lost(): void {
  if (network.reachable) set({ reachable: false });
  if (probing === undefined) probing = setTimeout(() => void probe(), 1500);
}

export function reached(answer: Response): void {
  if (!network.reachable) set({ reachable: true });
  const date = Date.parse(answer.headers.get('date') ?? '');
  // The Date header has whole seconds; less than two of difference is noise.
  if (Number.isFinite(date)) skew = Math.abs(date - Date.now()) < 2000 ? 0 : date - Date.now();
}

/** Now, by the server's clock. */
export const serverNow = (): Date => new Date(Date.now() + skew);

/** Counts a request that changes something, from its first try to its last. */
export async function whileSending<T>(work: () => Promise<T>): Promise<T> {
  set({ sending: network.sending + 1 });
  try {
    return await work();
  } finally {
    set({ sending: network.sending - 1 });
  }
}

export function useNetwork(): Network {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => network,
  );
}
