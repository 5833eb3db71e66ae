import { parseArgs } from 'node:util';

/** What is to be made. `capital` is the noun as a title, `prefix` the letters before a record's number. */
export type Plan = { module: string; noun: string; level: 1 | 2 | 3; zh: string; en: string; prefix: string; stamp: string };
/** What the project has already. */
export type Present = { modules: readonly string[]; prefixes: readonly string[]; stamps: readonly string[] };

export class Refusal extends Error {}

const usage = 'npm run new <module> [noun] [-- --zh 中文名 --en "English title" --level 2 --prefix XX]';

/** Words that cannot be a schema, a table, a variable or a folder without quotes. */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization both case cast check collate collation column concurrently constraint
   create cross default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in
   initially inner intersect into is isnull join lateral leading left like limit localtime natural new not notnull null offset old on only or
   order outer overlaps placing primary references returning right select session similar some symmetric table then to trailing true union
   unique user using variadic verbose when where window with public migration information break catch class const continue debugger delete
   enum export extends finally function if implements import instanceof interface let package private protected return static super switch
   this throw try typeof var void while yield await async server data web start`.split(/\s+/),
);

function checkName(what: string, name: string): string {
  if (!/^[a-z][a-z0-9]{1,29}$/.test(name)) throw new Refusal(`${what} "${name}": 2 to 30 letters a-z and digits, a letter first`);
  if (reserved.has(name)) throw new Refusal(`${what} "${name}" is a reserved word of SQL or TypeScript; choose another`);
  return name;
}

/** Two letters of the noun, then of the module, that no other kind of record begins with. */
export function choosePrefix(noun: string, module: string, taken: readonly string[]): string {
  const letters = `${noun}${module}`.replace(/[^a-z]/g, '').toUpperCase();
  for (const second of letters.slice(1)) {
    const prefix = `${letters[0]}${second}`;
    if (!taken.includes(prefix)) return prefix;
  }
  throw new Refusal(`every prefix made of ${letters} is taken; choose one with --prefix`);
}

/** `yyyymmddHHMM` of China time, later than every migration there is: it uses what they made. */
export function chooseStamp(now: Date, stamps: readonly string[]): string {
  const text = (at: number) => new Date(at).toISOString().replace(/\D/g, '').slice(0, 12);
  const present = text(now.getTime() + 8 * 3_600_000);
  const last = [...stamps].sort().at(-1);
  if (last === undefined || present > last) return present;
  const [year, month, day, hour, minute] = [
    last.slice(0, 4),
    last.slice(4, 6),
    last.slice(6, 8),
    last.slice(8, 10),
    last.slice(10, 12),
  ].map(Number);
  return text(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, (minute ?? 0) + 1));
}

const title = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

function checkTitle(what: string, words: string): string {
  if (!/^[^'"`\\<>{}$\n]{1,40}$/.test(words))
    throw new Refusal(`${what} "${words}": 1 to 40 characters without quotes, braces or line breaks`);
  return words;
}

function readFlags(args: readonly string[]) {
  try {
    const options = { zh: { type: 'string' }, en: { type: 'string' }, level: { type: 'string' }, prefix: { type: 'string' } } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

/** @throws Refusal with a sentence that says what is accepted */
export function makePlan(args: readonly string[], present: Present, now: Date): Plan {
  const { values, positionals } = readFlags(args);
  const [first, second = 'record', ...more] = positionals;
  if (first === undefined || more.length > 0) throw new Refusal(usage);
  const module = checkName('module', first);
  const noun = checkName('noun', second);
  if (present.modules.includes(module)) throw new Refusal(`module "${module}" exists`);
  const level = Number(values.level ?? '2');
  if (level !== 1 && level !== 2 && level !== 3) throw new Refusal('--level: 1, 2 or 3; a module imports lower levels only');
  const prefix = values.prefix ?? choosePrefix(noun, module, present.prefixes);
  if (!/^[A-Z]{2,4}$/.test(prefix)) throw new Refusal(`--prefix "${prefix}": 2 to 4 letters A-Z`);
  if (present.prefixes.includes(prefix)) throw new Refusal(`--prefix "${prefix}" belongs to another kind of record`);
  const en = checkTitle('--en', values.en ?? title(module));
  return { module, noun, level, zh: checkTitle('--zh', values.zh ?? en), en, prefix, stamp: chooseStamp(now, present.stamps) };
}
