// `npm run new <module> [noun]` makes a module with a workflow, a table and passing tests, and registers it.
// `npm run new -- --prove` does so in a copy of the project and runs every check on the result.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contracts } from '#modules/registry.ts';
import { readLevels } from './bounds/check-tree.ts';
import { readTree } from './bounds/tree.ts';
import { moduleFiles } from './new/files.ts';
import { makePlan, type Plan, type Present, Refusal } from './new/plan.ts';
import { prove } from './new/prove.ts';
import { addToList, listings } from './new/register.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function whatIsThere(): Present & { levels: ReadonlyMap<string, number> } {
  const tree = readTree(root);
  const stamps = [...tree.sql.keys()].flatMap((path) => /\/(\d{12})-[^/]+\.sql$/.exec(path)?.[1] ?? []);
  return {
    modules: contracts.map((module) => module.name),
    prefixes: contracts.flatMap((module) => module.workflows.map((workflow) => workflow.prefix)),
    stamps,
    levels: readLevels(tree),
  };
}

/** All or nothing: what was written is taken back when a later file cannot be. @returns the paths */
function write(plan: Plan, levels: ReadonlyMap<string, number>): string[] {
  const folder = join(root, 'modules', plan.module);
  if (existsSync(folder)) throw new Refusal(`modules/${plan.module} exists`);
  const lists = listings(plan.module).map((listing) => {
    const before = readFileSync(join(root, listing.path), 'utf8');
    return { path: listing.path, before, after: addToList(before, listing, plan.level, (name) => levels.get(name) ?? 0) };
  });
  const files = moduleFiles(plan);
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    for (const { path, after } of lists) writeFileSync(join(root, path), after);
    const paths = [...files.keys(), ...lists.map((list) => list.path)];
    // Sorts the imports and breaks the lines that long names made too long.
    execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '--colors=off', ...paths], {
      cwd: root,
      stdio: 'pipe',
    });
    return paths;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    for (const { path, before } of lists) writeFileSync(join(root, path), before);
    throw error;
  }
}

function make(args: readonly string[]): void {
  const { levels, ...present } = whatIsThere();
  const plan = makePlan(args, present, new Date());
  for (const path of write(plan, levels)) console.log(path);
  console.log(`\n${plan.module} [${plan.level}] is registered. Next: npm run docs, then npm test -- static unit api`);
}

try {
  const args = process.argv.slice(2);
  if (args.includes('--prove')) process.exitCode = prove(root);
  else make(args);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
