/** For rows that have no name of their own: each with its place, which is what it is known by. */
export function placed<T>(list: readonly T[]): { one: T; i: number; place: string }[] {
  return list.map((one, i) => ({ one, i, place: `${list.length}-${i}` }));
}
