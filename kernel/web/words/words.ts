import { formatNumber, type Lang, type Text } from '../../text.ts';
import { type Key, zh } from './zh.ts';

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Params<K extends Key> = [Names<(typeof zh)[K]>] extends [never] ? [] : [params: Record<Names<(typeof zh)[K]>, string | number>];

let lang: Lang = 'zh';
let table: Record<Key, string> = zh;
const listeners = new Set<() => void>();

/** The interface's own words: `t('list.total', { n: 3 })`. Key and places are checked by the compiler. */
export function t<K extends Key>(key: K, ...rest: Params<K>): string {
  const params: Record<string, string | number> = rest[0] ?? {};
  return fillPlaces(table[key], params);
}

/** `{n}` is the value (numbers with 千分位); `{n:item|items}` the first word for one, the second otherwise. */
export function fillPlaces(template: string, params: Record<string, string | number>): string {
  return template.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (place, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) return place;
    if (one !== undefined) return (value === 1 ? one : many) ?? '';
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}

/** A contract's own bilingual words in the present language. */
export function say(words: Text): string {
  return words[lang];
}

export function getLang(): Lang {
  return lang;
}

/** Puts another language in force; the table of the other language is a chunk of its own. */
export async function setLang(next: Lang): Promise<void> {
  table = next === 'zh' ? zh : (await import('./en.ts')).en;
  lang = next;
  for (const listener of listeners) listener();
}

export function onLang(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
