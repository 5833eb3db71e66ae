import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { countLines, type Reference, readSource, type Source } from './source.ts';

/** An import with what it leads to: a file of the project, or a package or `node:` module (`outside`). */
export type Link = Reference & { to: string; outside: boolean };
export type File = Omit<Source, 'references'> & { path: string; links: Link[] };
/** The project as the rules see it: parsed code by path, and the SQL of the migrations. Paths are relative with `/`. */
export type Tree = { files: ReadonlyMap<string, File>; sql: ReadonlyMap<string, string> };

const code = /\.([mc]?ts|tsx|mjs|js|jsx)$/;
const budgeted = /\.(css|sql)$/;
const skipped = new Set(['node_modules', 'var', 'dist', 'docs', 'test-results']);

export function resolveLink(from: string, reference: Reference): Link {
  const bare = reference.specifier.replace(/\?.*$/, '');
  const inside = bare.startsWith('./') || bare.startsWith('../') ? posix.join(posix.dirname(from), bare) : undefined;
  const mapped = /^#(kernel|modules|test)\//.test(bare) ? bare.slice(1) : undefined;
  const to = inside ?? mapped;
  return { ...reference, to: to ?? packageOf(bare), outside: to === undefined };
}

const packageOf = (specifier: string): string => {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
};

/** @param texts every file's text by its path */
export function makeTree(texts: ReadonlyMap<string, string>): Tree {
  const files = new Map<string, File>();
  const sql = new Map<string, string>();
  for (const [path, text] of texts) {
    if (code.test(path)) {
      const { references, ...source } = readSource(path, text);
      files.set(path, { ...source, path, links: references.map((reference) => resolveLink(path, reference)) });
    } else if (budgeted.test(path)) {
      const plain = { globals: [], environment: [], statements: [], silencers: [], problems: [], links: [], level: undefined };
      files.set(path, { ...plain, path, lines: countLines(text) });
      if (path.endsWith('.sql')) sql.set(path, text);
    }
  }
  return { files, sql };
}

/** Reads all code under `root`. What is installed, built, generated or hidden is left out. */
export function readTree(root: string): Tree {
  const found: string[] = [];
  const enter = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || (folder === '' && skipped.has(entry.name))) continue;
      if (entry.isDirectory()) enter(path);
      else if (entry.isFile() && (code.test(path) || budgeted.test(path))) found.push(path);
    }
  };
  enter('');
  return makeTree(new Map(found.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')])));
}

/** All files of the project that `from` needs, itself included, types and lazy imports too. */
export function reach(tree: Tree, from: string): Set<string> {
  const seen = new Set<string>();
  const queue = [from];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const link of tree.files.get(at)?.links ?? []) if (!link.outside) queue.push(link.to);
  }
  return seen;
}

export const folderOf = (path: string): string => dirname(path);
