import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isApiFault, isCode, isPassing } from './api-fault.ts';

let onSignedOut: () => void = () => {};

/** Called when any answer says that the session has ended. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** Tells whoever listens if this is the refusal of somebody who is no longer signed in. */
export function noteSignedOut(error: unknown): void {
  if (isCode(error, 'auth.required', 'auth.expired')) onSignedOut();
}

/** Reads are repeated while the line fails, never when the server refused; the last good answer stays on screen. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      // Asking who one is, before anybody has signed in, ends no session.
      if (queryKey[0] !== 'session') noteSignedOut(error);
    },
  }),
  defaultOptions: {
    queries: {
      networkMode: 'offlineFirst',
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      retry: (count, error) => (isApiFault(error) ? isPassing(error) && count < 3 : false),
      retryDelay: (count) => Math.min(500 * 2 ** count, 4000),
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
