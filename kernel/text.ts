/** Every word shown to a person exists twice: Chinese as an officer would write it, and English. */
export type Text = { zh: string; en: string };

export type Lang = 'zh' | 'en';

export const langs: readonly Lang[] = ['zh', 'en'];

export function text(zh: string, en: string): Text {
  return { zh, en };
}

/** The words in that language; Chinese where a form drawn up by an officer has no English. */
export function pick(words: Text, lang: Lang): string {
  return words[lang] === '' ? words.zh : words[lang];
}

/** What may stand in a `{place}`; a list is joined as the language does it. */
export type Fill = Readonly<Record<string, unknown>>;

/**
 * Puts `params` into the `{name}` places of a template. An unknown place stays visible as `{name}`: a missing word must be
 * seen by whoever tests, not vanish from an official sentence. Values are inserted as they are and never read as templates.
 */
export function fill(template: string, params: Fill, lang: Lang = 'zh'): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return value === undefined || value === null ? place : say(value, lang);
  });
}

/** `fill` for a bilingual template. */
export function fillText(words: Text, params: Fill, lang: Lang): string {
  return fill(pick(words, lang), params, lang);
}

function say(value: unknown, lang: Lang): string {
  if (Array.isArray(value)) return value.map((one) => say(one, lang)).join(lang === 'zh' ? '、' : ', ');
  if (typeof value === 'number') return formatNumber(value);
  if (isText(value)) return pick(value, lang);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function isText(value: unknown): value is Text {
  return (
    typeof value === 'object' &&
    value !== null &&
    'zh' in value &&
    'en' in value &&
    typeof value.zh === 'string' &&
    typeof value.en === 'string'
  );
}

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/**
 * A number with 千分位, the same in both languages: `12,345.6`. `digits` fixes the places after the point; without it up to
 * six are shown and no trailing zeros. Not a number gives an em dash, so that a table never shows `NaN`.
 */
export function formatNumber(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return '—';
  const format =
    digits === undefined ? plain : new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const shown = format.format(value);
  return /^-[0.,]+$/.test(shown) ? shown.slice(1) : shown;
}

/**
 * One spelling for searching: full-width and half-width, upper and lower case are the same word. The final sigma is the one
 * letter whose lower case depends on its neighbours; folded, a part of a word always folds to a part of the folded word.
 */
export function fold(s: string): string {
  return s.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ');
}

/** Runs of letters, marks and digits; everything else separates. */
function runs(s: string): string[] {
  return fold(s).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/**
 * The search grams of a document: every character and every pair of neighbours inside a run, folded, each once, sorted.
 * For `array_to_tsvector`: no dictionary and no locale, so nothing that contains the query is ever missed (recall 1.0).
 */
export function grams(s: string): string[] {
  const found = new Set<string>();
  for (const run of runs(s)) {
    let before = '';
    for (const char of run) {
      found.add(char);
      if (before !== '') found.add(before + char);
      before = char;
    }
  }
  return [...found].sort();
}

/**
 * The grams a document must all have to contain the query: pairs where there are pairs, the character alone where a run has one.
 * They may also match elsewhere (`安全` + `全生` in two places), so the hit is checked again with `fold(document).includes(term)`.
 */
export function queryGrams(query: string): string[] {
  const wanted = new Set<string>();
  for (const run of runs(query)) {
    const chars = [...run];
    if (chars.length === 1) wanted.add(run);
    for (let i = 1; i < chars.length; i++) wanted.add(`${chars[i - 1]}${chars[i]}`);
  }
  return [...wanted].sort();
}
