import { pinyin } from 'pinyin-pro';

/** First letters of the pinyin, for searching: 张建国 → `zjg`, 单雄信 → `sxx` (surnames have their own reading). Latin stays. */
export function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
