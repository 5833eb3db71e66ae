import type { Finding } from './finding.ts';
import { isTest, type Place, placeOf } from './place.ts';
import type { Tree } from './tree.ts';

/** What the migrations make: `schema.name` → whose it is and whether it is a function. */
export type Objects = ReadonlyMap<string, { owner: string; routine: boolean }>;

const creation =
  /\bcreate\s+(?:or\s+replace\s+)?(?:unlogged\s+)?(table|view|materialized\s+view|function|procedure|sequence|type)\s+(?:if\s+not\s+exists\s+)?([a-z]\w*)\.([a-z]\w*)/gi;
const mention = /(?<![\w.'])([a-z]\w*)\.([a-z]\w*)/g;

export const withoutComments = (sql: string): string => sql.replace(/--.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
const withoutQuoted = (sql: string): string => sql.replace(/'(?:[^']|'')*'/g, "''");

export function ownerOf(place: Place | undefined): string | undefined {
  return place?.area === 'module' ? place.module : place?.area === 'kernel' || place?.area === 'cli' ? place.area : undefined;
}

export function readObjects(tree: Tree): Objects {
  const objects = new Map<string, { owner: string; routine: boolean }>();
  for (const [path, text] of tree.sql) {
    const owner = ownerOf(placeOf(path)) ?? '';
    for (const [, kind = '', schema, name] of withoutComments(text).matchAll(creation)) {
      objects.set(`${schema}.${name}`, { owner, routine: /function|procedure/i.test(kind) });
    }
  }
  // The view over all matters is generated from the declarations (kernel/server/db/generated.ts).
  return objects.set('kernel.matter', { owner: 'kernel', routine: false });
}

/** The kernel's functions and its view over all matters are for everyone; its tables are reached through its own functions. */
function forbidden(owner: string, name: string, objects: Objects): string | undefined {
  const object = objects.get(name);
  if (!object || object.owner === owner) return undefined;
  if (object.owner === 'kernel')
    return owner === 'cli' || object.routine || name === 'kernel.matter' ? undefined : "the kernel's own table";
  return `belongs to ${object.owner}; use its server/public.ts`;
}

function mentions(text: string): string[] {
  return [...new Set([...withoutQuoted(text).matchAll(mention)].map(([name]) => name))];
}

/** One PostgreSQL schema per module: nobody writes SQL on another's tables. */
export function checkStatements(tree: Tree): Finding[] {
  const objects = readObjects(tree);
  const found: Finding[] = [];
  const look = (path: string, line: number, text: string) => {
    const owner = ownerOf(placeOf(path));
    if (owner === undefined || isTest(path)) return;
    for (const name of mentions(text)) {
      const why = forbidden(owner, name, objects);
      if (why) found.push({ path, line, rule: 'sql', words: `${name}: ${why}` });
    }
  };
  for (const file of tree.files.values()) for (const { name, line } of file.statements) look(file.path, line, name);
  for (const [path, text] of tree.sql) {
    withoutComments(text)
      .split('\n')
      .forEach((line, i) => {
        look(path, i + 1, line);
      });
  }
  return found;
}
