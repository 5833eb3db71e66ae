/** Names of what was picked in this session, by id: a draft that comes back shows names, not ids. */
const names = new Map<string, string>();

export function rememberNames(known: Readonly<Record<string, string>>): void {
  for (const [id, name] of Object.entries(known)) names.set(id, name);
}

export const findName = (id: unknown): string | undefined => names.get(String(id));

export function knownNames(ids: readonly unknown[]): Record<string, string> {
  return Object.fromEntries(ids.flatMap((id) => (names.has(String(id)) ? [[String(id), names.get(String(id)) ?? '']] : [])));
}
