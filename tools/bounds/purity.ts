import type { Finding } from './finding.ts';
import { isTest, placeOf } from './place.ts';
import type { File, Tree } from './tree.ts';

/** Packages without input or output: the same in a browser and in Node. */
const purePackages = new Set(['zod', 'chinese-days', 'dayjs', 'gcoord', 'pinyin-pro', '@dagrejs/dagre']);
const webPackages = /^(react(-dom)?|antd|@ant-design\/|@tanstack\/|echarts|maplibre-gl|@fontsource)/;
const serverPackages =
  /^(pg(-.*)?|kysely|fastify|@fastify\/|pino|sharp|@node-rs\/|openid-client|prom-client|file-type|vite(st)?)$|^(@fastify|@node-rs)\//;

const browserGlobals = new Set(
  'window document localStorage sessionStorage indexedDB location history alert confirm requestAnimationFrame XMLHttpRequest FileReader EventSource MutationObserver ResizeObserver HTMLElement SVGElement'.split(
    ' ',
  ),
);
const nodeGlobals = new Set('process Buffer require __dirname __filename setImmediate NodeJS'.split(' '));
const outsideGlobals = new Set('fetch WebSocket navigator'.split(' '));
const isDom = (name: string) => browserGlobals.has(name) || /^(HTML|SVG)\w+Element$/.test(name);

function foreignPackage(side: 'pure' | 'server' | 'web', name: string): string | undefined {
  if (side === 'server') return webPackages.test(name) ? 'a package of the browser in server code' : undefined;
  if (name.startsWith('node:')) return `${side === 'pure' ? 'pure' : 'browser'} code cannot use Node`;
  if (side === 'web') return serverPackages.test(name) ? 'a package of the server in browser code' : undefined;
  return purePackages.has(name) ? undefined : 'not on the list of pure packages (tools/bounds/purity.ts)';
}

function foreignGlobal(side: 'pure' | 'server' | 'web', name: string): string | undefined {
  if (side !== 'web' && isDom(name)) return `the browser's ${name} in ${side} code`;
  if (side !== 'server' && nodeGlobals.has(name)) return `Node's ${name} in ${side === 'pure' ? 'pure' : 'browser'} code`;
  return side === 'pure' && outsideGlobals.has(name) ? `${name} in pure code` : undefined;
}

function checkFile(file: File): Finding[] {
  const place = placeOf(file.path);
  if (!place || isTest(file.path) || ['test', 'tools', 'e2e', 'bench', 'config'].includes(place.area)) return [];
  const finding = (line: number, words: string): Finding => ({ path: file.path, line, rule: 'purity', words });
  const found: Finding[] = [];
  for (const link of file.links) {
    const why = link.outside ? foreignPackage(place.side, link.to) : undefined;
    if (why) found.push(finding(link.line, `${link.specifier}: ${why}`));
  }
  for (const { name, line } of file.globals) {
    const why = foreignGlobal(place.side, name);
    if (why) found.push(finding(line, why));
  }
  return found;
}

/** Each side uses what exists there: pure code neither Node nor the browser, the server no DOM, the browser no Node. */
export const checkPurity = (tree: Tree): Finding[] => [...tree.files.values()].flatMap(checkFile);
