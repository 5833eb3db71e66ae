import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { InputOfContract, OutputOf, QueryContract } from '../contract.ts';
import { query } from './api.ts';
import { getName } from './registry.ts';

/** The key of a query in the cache: its full name and its input. A prefix of it invalidates all inputs. */
export const keyOf = (contract: QueryContract | string, input?: unknown): readonly unknown[] => {
  const name = typeof contract === 'string' ? contract : getName(contract);
  return input === undefined ? [name] : [name, input];
};

type Options = { enabled?: boolean; keep?: boolean; staleTime?: number };

/** A declared query, by its contract. `keep`: the last answer stays while the next one is fetched (paging, filters). */
export function useApi<C extends QueryContract>(
  contract: C,
  input: Partial<InputOfContract<C>>,
  options: Options = {},
): UseQueryResult<OutputOf<C>> {
  return useAnswer<OutputOf<C>>(keyOf(contract, input), (signal) => query(contract, input, signal), options);
}

/** A query by its full name, where the caller states what comes back. */
export function useNamed<O>(name: string, input: Record<string, unknown>, options: Options = {}): UseQueryResult<O> {
  return useAnswer<O>(keyOf(name, input), (signal) => query<O>(name, input, signal), options);
}

function useAnswer<O>(queryKey: readonly unknown[], read: (signal: AbortSignal) => Promise<O>, options: Options): UseQueryResult<O> {
  return useQuery<unknown, Error, O>({
    queryKey,
    queryFn: ({ signal }) => read(signal),
    enabled: options.enabled ?? true,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keep ? { placeholderData: (before: unknown) => before } : {}),
  });
}
