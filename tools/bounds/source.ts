import { parseSync } from 'vite';
import { environmentOf, globalsOf } from './names.ts';
import { isNamed, lineFinder, literal, type Node, walk, word } from './syntax.ts';

/** One import or re-export as it is written. `type`: erased before it runs. `lazy`: `import()` or a worker's `new URL()`. */
export type Reference = { specifier: string; type: boolean; lazy: boolean; line: number };
export type Spot = { name: string; line: number };

/** What the rules must know of one file. */
export type Source = {
  lines: number;
  references: Reference[];
  /** Names the file uses and declares nowhere: globals of the language, the browser or Node. */
  globals: Spot[];
  /** Where `process.env` is read. */
  environment: Spot[];
  /** Texts that are SQL: tagged `sql`, given to `sql.table()` and its like, or plainly written as a statement. */
  statements: Spot[];
  /** The `level` that a module.ts gives to `defineModule`. */
  level: number | undefined;
  /** Comments that silence a checker. */
  silencers: Spot[];
  problems: string[];
};

const silencer = /\b(biome-ignore|eslint-disable)|@ts-(ignore|expect-error|nocheck)\b/;

export function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** Reads one TypeScript or JavaScript file with the parser that also bundles the browser's part. */
export function readSource(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  const lineOf = lineFinder(text);
  const references: Reference[] = [];
  const statements: Spot[] = [];
  let level: number | undefined;
  walk(parsed.program, (node) => {
    const reference = referenceIn(node);
    if (reference) references.push({ ...reference, line: lineOf(node.start) });
    for (const name of statementsIn(node)) statements.push({ name, line: lineOf(node.start) });
    level ??= levelIn(node);
  });
  return {
    lines: countLines(text),
    references,
    statements,
    level,
    globals: globalsOf(parsed.program).map(({ name, at }) => ({ name, line: lineOf(at) })),
    environment: environmentOf(parsed.program).map((at) => ({ name: 'process.env', line: lineOf(at) })),
    silencers: parsed.comments
      .filter((comment) => silencer.test(comment.value))
      .map((comment) => ({ name: silencer.exec(comment.value)?.[0] ?? '', line: lineOf(comment.start) })),
    problems: parsed.errors.map((error) => error.message),
  };
}

const onlyTypes = (specifiers: readonly { importKind?: string; exportKind?: string }[]) =>
  specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type');

/** `new Worker(new URL('./w.ts', import.meta.url))`. A URL given to anything else names a file and imports nothing. */
function workerFile(node: Node | undefined): Node | null {
  return node?.type === 'NewExpression' && isNamed(node.callee, 'URL') ? (node.arguments[0] ?? null) : null;
}

function referenceIn(node: Node): Omit<Reference, 'line'> | undefined {
  const make = (from: Node | null, type: boolean, lazy: boolean) => {
    const specifier = literal(from);
    return specifier === undefined ? undefined : { specifier, type, lazy };
  };
  switch (node.type) {
    case 'ImportDeclaration':
      return make(node.source, node.importKind === 'type' || onlyTypes(node.specifiers as { importKind?: string }[]), false);
    case 'ExportNamedDeclaration':
      return make(node.source, node.exportKind === 'type' || onlyTypes(node.specifiers), false);
    case 'ExportAllDeclaration':
      return make(node.source, node.exportKind === 'type', false);
    case 'ImportExpression':
      return make(node.source, false, true);
    case 'TSImportType':
      return make(node.source, true, false);
    case 'NewExpression':
      return /Worker$/.test(word(node.callee) ?? '') ? make(workerFile(node.arguments[0]), false, true) : undefined;
    default:
      return undefined;
  }
}

const statement = /\b(select|insert\s+into|update|delete\s+from|join|create\s+(table|view)|truncate)\s/i;

/** A tagged template is visited as a template too, so it is taken here only when it does not read like a statement by itself. */
function statementsIn(node: Node): string[] {
  const asStatement = (text: string | undefined) => (text !== undefined && statement.test(text) ? [text] : []);
  const asFragment = (text: string | undefined) => (text !== undefined && !statement.test(text) ? [text] : []);
  switch (node.type) {
    case 'TemplateLiteral':
      return asStatement(node.quasis.map((part) => part.value.raw).join(' $ '));
    case 'Literal':
      return asStatement(literal(node));
    case 'TaggedTemplateExpression':
      return isNamed(node.tag, 'sql') ? asFragment(node.quasi.quasis.map((part) => part.value.raw).join(' $ ')) : [];
    case 'CallExpression':
      return node.callee.type === 'MemberExpression' && isNamed(node.callee.object, 'sql')
        ? node.arguments.flatMap((argument) => asFragment(literal(argument)))
        : [];
    default:
      return [];
  }
}

function levelIn(node: Node): number | undefined {
  if (node.type !== 'CallExpression' || !isNamed(node.callee, 'defineModule')) return undefined;
  const [contract] = node.arguments;
  if (contract?.type !== 'ObjectExpression') return undefined;
  for (const property of contract.properties) {
    if (property.type !== 'Property' || word(property.key) !== 'level' || property.value.type !== 'Literal') continue;
    return typeof property.value.value === 'number' ? property.value.value : undefined;
  }
  return undefined;
}
