/**
 * Where a file stands, which decides what it may import. `pure` runs anywhere; `server` needs Node; `web` needs a browser.
 * `list` is one of the files that only gather the modules: modules/registry.ts, modules/server.ts.
 */
export type Side = 'pure' | 'server' | 'web';
export type Place =
  | { area: 'kernel'; side: Side }
  | { area: 'module'; side: Side; module: string }
  | { area: 'list'; side: Side }
  | { area: 'protocols' | 'models'; side: 'pure' }
  | { area: 'web'; side: 'web' }
  | { area: 'cli' | 'test' | 'tools' | 'e2e' | 'bench' | 'config'; side: 'server' };

const sideOf = (folder: string | undefined): Side => (folder === 'server' || folder === 'web' ? folder : 'pure');

/** Undefined for a place no rule knows: the tree of the design has no such folder. */
export function placeOf(path: string): Place | undefined {
  const parts = path.split('/');
  const [top, second, third] = parts;
  if (/\.config\.[mc]?ts$/.test(path)) return { area: 'config', side: 'server' };
  if (parts.length === 1) return path === 'main.ts' ? { area: 'cli', side: 'server' } : { area: 'config', side: 'server' };
  switch (top) {
    case 'kernel':
      return { area: 'kernel', side: parts.length > 2 ? sideOf(second) : 'pure' };
    case 'modules':
      if (second === undefined) return undefined;
      if (parts.length > 2) return { area: 'module', module: second, side: parts.length > 3 ? sideOf(third) : 'pure' };
      return { area: 'list', side: sideOf(second.replace(/(\.test)?\.tsx?$/, '')) };
    case 'protocols':
    case 'models':
      return { area: top, side: 'pure' };
    case 'web':
      return { area: 'web', side: 'web' };
    case 'cli':
    case 'test':
    case 'tools':
    case 'e2e':
    case 'bench':
      return { area: top, side: 'server' };
    default:
      return undefined;
  }
}

export const isTest = (path: string): boolean => /\.(test|e2e)\.tsx?$/.test(path);

/** The files of a module that modules above it may read. */
export function isOpen(path: string): boolean {
  return /^modules\/[^/]+\/(module|schema|fixture|[^/]+\.workflow)\.ts$/.test(path);
}

export const isPublic = (path: string): boolean => /^modules\/[^/]+\/server\/public\.ts$/.test(path);
export const isSeed = (path: string): boolean => /^modules\/[^/]+\/server\/seed\.ts$/.test(path);
