import { useRef, useState } from 'react';
import { newId } from '../../id.ts';
import { get, type MatterRecord } from '../../matter-contract.ts';
import { type Acted, act, query } from '../api.ts';
import { isCode, isPassing } from '../api-fault.ts';
import { serverNow } from '../network.ts';
import { toast } from '../parts/toast.tsx';
import { queryClient } from '../query-client.ts';
import { keyOf } from '../use-api.ts';
import { outcomeWords } from './outcome-words.ts';

/** What changed somewhere: everything computed from matters is asked for again. */
export function refreshMatters(): void {
  for (const name of ['matter.inbox', 'matter.list', 'matter.stats', 'map.features', 'notice.list', 'notice.unreadCount']) {
    void queryClient.invalidateQueries({ queryKey: [name] });
  }
}

/** The record as it stands now; undefined when it has gone out of the person's sight. */
export async function readAgain(kind: string, id: string): Promise<MatterRecord | undefined> {
  try {
    const fresh = await query(get, { kind, id });
    queryClient.setQueryData(keyOf(get, { kind, id }), fresh);
    return fresh;
  } catch (error) {
    if (isCode(error, 'record.not_found', 'auth.forbidden')) return undefined;
    throw error;
  }
}

/**
 * Submits one action on one record. The request keeps its id until the server has given a definite answer, so that trying again
 * after a failed line can never act twice. `conflict` is the record as somebody else has left it in the meantime; what was typed
 * stays, and the next submission goes by that version.
 */
export function useSubmitAct(record: MatterRecord, action: string, onDone: () => void) {
  const request = useRef(newId());
  const [opened] = useState(record);
  const [refused, setRefused] = useState<MatterRecord>();
  const { kind, id } = record;
  // The live feed may bring another's act while the form is open: it is shown at once, not only when submitting fails.
  const conflict = refused && refused.version >= record.version ? refused : record.version === opened.version ? undefined : record;

  const submit = async (input: Record<string, unknown>): Promise<boolean> => {
    const seen = conflict ?? record;
    try {
      const acted = await act(kind, action, { id, version: seen.version, input, request: request.current });
      await announce(acted, seen.state);
      onDone();
      return true;
    } catch (error) {
      if (!isPassing(error)) request.current = newId();
      if (!isCode(error, 'record.conflict', 'workflow.not_allowed')) throw error;
      const fresh = await readAgain(kind, id);
      if (!fresh || fresh.version === seen.version) throw error;
      setRefused(fresh);
      return false;
    }
  };

  const announce = async (acted: Acted, before: string) => {
    refreshMatters();
    const after = await readAgain(kind, id);
    toast.done(outcomeWords(kind, action, acted, after, before, serverNow()));
  };

  return { submit, conflict };
}
