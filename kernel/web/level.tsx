import type { Text } from '../text.ts';
import { findWorkflow } from './registry.ts';
import { say, t } from './words/words.ts';

/** A shape beside every colour, so that nobody has to tell red from orange (ui.md, Tokens). */
export const levelShapes = ['◆', '▲', '●', '■'] as const;
const levelKeys = ['level.1', 'level.2', 'level.3', 'level.4'] as const;

/** 1 (red) to 4 (blue); anything else counts as not graded. */
export const asLevel = (level: number | null | undefined): 1 | 2 | 3 | 4 | null =>
  level === 1 || level === 2 || level === 3 || level === 4 ? level : null;

/** The word for a level: the kind's own (its row's `level` field names them, e.g. 红色预警), else 重大 较大 一般 低. */
export function levelWord(level: number | null, kind?: string): string {
  const known = asLevel(level);
  if (known === null) return t('level.none');
  const own = kind === undefined ? undefined : ownWords(kind)?.[String(known)];
  return own ? say(own) : t(levelKeys[known - 1] ?? 'level.none');
}

function ownWords(kind: string): Record<string, Text> | undefined {
  const field = findWorkflow(kind)?.row.shape.level;
  return field && 'meta' in field ? field.meta()?.options : undefined;
}

export function LevelTag({ level, kind }: { level: number | null; kind?: string }) {
  const known = asLevel(level);
  return (
    <span className={`level level-${known ?? 'none'}`}>
      {known !== null && <span aria-hidden>{levelShapes[known - 1]}</span>}
      {levelWord(level, kind)}
    </span>
  );
}

export function LevelBar({ level }: { level: number | null }) {
  const known = asLevel(level);
  return <span aria-hidden className={known === null ? 'level-bar' : `level-bar of-${known}`} />;
}
