import { isNamed, type Node, type Program, walk, word } from './syntax.ts';

/** Keys under which an identifier is a binding of this file, by the node they belong to. */
const binds: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  TSFunctionType: ['params'],
  TSMethodSignature: ['params'],
  ClassDeclaration: ['id'],
  TSTypeAliasDeclaration: ['id'],
  TSInterfaceDeclaration: ['id'],
  TSTypeParameter: ['name'],
  ImportSpecifier: ['local'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
  CatchClause: ['param'],
  AssignmentPattern: ['left'],
  RestElement: ['argument'],
  ArrayPattern: ['elements'],
};
/** Keys under which an identifier is a mere word: a property, a label. */
const words: Readonly<Record<string, readonly string[]>> = {
  MemberExpression: ['property'],
  Property: ['key'],
  PropertyDefinition: ['key'],
  MethodDefinition: ['key'],
  TSPropertySignature: ['key'],
  TSMethodSignature: ['key'],
  TSQualifiedName: ['right'],
  ImportSpecifier: ['imported'],
  ExportSpecifier: ['local', 'exported'],
  TSNamedTupleMember: ['label'],
  LabeledStatement: ['label'],
  MetaProperty: ['meta', 'property'],
};

/** Names the file uses and declares nowhere: globals. A name that is declared anywhere in the file is never counted. */
export function globalsOf(program: Program): { name: string; at: number }[] {
  const declared = new Set<string>();
  const used: { name: string; at: number }[] = [];
  const inPattern = new Set<Node>();
  walk(program, (node, parent, key) => {
    if (node.type === 'ObjectPattern') for (const property of node.properties) inPattern.add(property);
    if (node.type !== 'Identifier' || !parent) return;
    const computed = 'computed' in parent && parent.computed === true;
    if (binds[parent.type]?.includes(key) || (key === 'value' && inPattern.has(parent))) declared.add(node.name);
    else if (computed || !words[parent.type]?.includes(key)) used.push({ name: node.name, at: node.start });
  });
  return used.filter(({ name }) => !declared.has(name));
}

const isProcess = (node: Node): boolean =>
  isNamed(node, 'process') || (node.type === 'MemberExpression' && word(node.property) === 'process' && isNamed(node.object, 'globalThis'));

/** Where the environment is read; handing it over whole, `readConfig(process.env)`, is the one good use outside. */
function readsEnvironment(node: Node, parent: Node | undefined, key: string): boolean {
  switch (node.type) {
    case 'MemberExpression':
      if (!isProcess(node.object) || word(node.property) !== 'env') return false;
      return !(parent?.type === 'CallExpression' && key === 'arguments' && isNamed(parent.callee, 'readConfig'));
    case 'VariableDeclarator':
      if (!node.init || !isProcess(node.init) || node.id.type !== 'ObjectPattern') return false;
      return node.id.properties.some((property) => property.type === 'Property' && word(property.key) === 'env');
    case 'ImportDeclaration':
      if (!/^(node:)?process$/.test(node.source.value)) return false;
      return node.specifiers.some((one) => one.type === 'ImportSpecifier' && word(one.imported) === 'env');
    default:
      return false;
  }
}

export function environmentOf(program: Program): number[] {
  const found: number[] = [];
  walk(program, (node, parent, key) => {
    if (readsEnvironment(node, parent, key)) found.push(node.start);
  });
  return found;
}
