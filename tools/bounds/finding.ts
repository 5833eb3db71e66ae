/** One thing that a rule found. A warning is told and fails nothing. */
export type Finding = { path: string; line: number; rule: string; words: string; warning?: true };

export function showFindings(findings: readonly Finding[]): string[] {
  const sorted = [...findings].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
  return sorted.map(({ path, line, rule, words, warning }) => `${path}:${line} ${warning ? 'warning ' : ''}${rule}: ${words}`);
}
