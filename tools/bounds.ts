// `node tools/bounds.ts [folder]`: the direction rules of the tree and the habits that no linter knows. Exit code 1 when one is broken.
import { fileURLToPath } from 'node:url';
import { checkTree } from './bounds/check-tree.ts';
import { showFindings } from './bounds/finding.ts';
import { readTree } from './bounds/tree.ts';

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const tree = readTree(root);
const findings = checkTree(tree);
for (const line of showFindings(findings)) console.log(line);
const failures = findings.filter((finding) => !finding.warning).length;
console.log(`bounds: ${tree.files.size} files, ${failures} broken rules, ${findings.length - failures} warnings`);
process.exitCode = failures > 0 ? 1 : 0;
