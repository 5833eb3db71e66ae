import type { Text } from '../text.ts';
import { say } from './words/words.ts';

/** The industry lines (行业领域): a list of the module `org`, handed over at the start because the kernel imports no module. */
export type LineName = { code: string; name: Text };
let lines: readonly LineName[] = [];

export function setLines(known: readonly LineName[]): void {
  lines = known;
}

export const allLines = (): readonly LineName[] => lines;

export function lineWord(code: string): string {
  const line = lines.find((one) => one.code === code);
  return line ? say(line.name) : code;
}
