import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { By, OutputOf } from '../contract.ts';
import { type Me, session } from '../session-contract.ts';
import type { AnyWorkflow } from '../workflow.ts';
import { post, query, send } from './api.ts';
import { queryClient } from './query-client.ts';

export type { Me };
export type SessionOptions = OutputOf<typeof session.options>;

export const meQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => send<Me>('GET', '/api/session'),
  staleTime: 5 * 60_000,
});

const optionsQuery = queryOptions({
  queryKey: ['session.options'],
  queryFn: () => query(session.options, {}),
  staleTime: 10 * 60_000,
});

/** The person at the screen. Only under the signed-in part of the tree, where it has been fetched. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export const useSessionOptions = () => useQuery(optionsQuery);

/** @throws ApiFault session.code_required when the account also asks for a one-time code */
export async function signIn(login: string, password: string, code?: string): Promise<Me> {
  const me = await post<Me>('/api/session', { login, password, ...(code ? { code } : {}) });
  queryClient.clear();
  queryClient.setQueryData(meQuery.queryKey, me);
  return me;
}

/** Who one is now, asked anew: after a change of one's own password or second factor. */
export function fetchMe(): Promise<Me> {
  return queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
}

export async function signOut(): Promise<void> {
  await send('DELETE', '/api/session');
  queryClient.clear();
}

/** May the person call it anywhere at all? What comes back, and where, the server decides. */
export function mayUse(me: Me, by: By): boolean {
  return typeof by === 'string' || by.some((role) => me.roles.includes(role));
}

/**
 * The starts of a workflow that one of the person's posts carries and that can be begun from anywhere: where the form needs the
 * id of something nobody can choose from a list (a shift, an alarm), it is opened from that thing's page.
 */
export function startsFor(me: Me, workflow: AnyWorkflow): string[] {
  return Object.entries(workflow.starts)
    .filter(([, start]) => mayUse(me, start.by) && Object.values(start.input.shape).every((field) => !isReference(field)))
    .map(([name]) => name);
}

function isReference(field: z.core.$ZodType): boolean {
  const { format } = field._zod.def as { format?: string };
  return format === 'uuid' && field instanceof z.ZodType && field.meta()?.widget === undefined && field.meta()?.hidden !== true;
}
