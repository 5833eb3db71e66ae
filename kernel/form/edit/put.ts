/** The object with some fields given anew; a field given as undefined is taken away. */
export function put<T extends object>(one: T, part: { [K in keyof T]?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries({ ...one, ...part }).filter(([, value]) => value !== undefined)) as T;
}
