import type { InputOfContract } from '../../contract.ts';
import { type list, mostCounted } from '../../matter-contract.ts';
import type { ListSearch } from '../search-params.ts';

/** The furthest row the server pages to; beyond it the person should narrow the filters. */
export const furthest = mostCounted;

export const pageSizeOf = (search: ListSearch): number => search.size ?? 50;

/** The query for what the address says. Open records are what a list is about unless the address says otherwise. */
export function filterOf(kind: string, search: ListSearch): Partial<InputOfContract<typeof list>> {
  const size = pageSizeOf(search);
  const open = search.open === 'all' ? {} : { open: search.open === 'closed' ? 'false' : 'true' };
  return {
    kind,
    ...(search.state ? { state: search.state } : open),
    ...(search.overdue ? { overdue: 'true' } : {}),
    ...(search.mine ? { mine: 'true' } : {}),
    ...(search.level === undefined ? {} : { level: search.level }),
    ...(search.org === undefined ? {} : { org: search.org }),
    ...(search.party ? { party: search.party } : {}),
    ...(search.text ? { text: search.text } : {}),
    sort: search.sort ?? (search.open === 'closed' ? '-enteredAt' : 'due'),
    limit: size,
    offset: Math.min(furthest, ((search.page ?? 1) - 1) * size),
  };
}
