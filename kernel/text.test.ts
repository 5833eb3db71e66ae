import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fill, fillText, fold, formatNumber, grams, isText, pick, queryGrams, text } from './text.ts';

describe('fill', () => {
  test('puts values into their places and leaves unknown places visible', () => {
    expect(fill('已退回{unit}，期限 {date}', { unit: '泉城路街道' })).toBe('已退回泉城路街道，期限 {date}');
  });
  test('numbers get 千分位, lists are joined, texts are picked', () => {
    const words = text('{n} 处：{list}（{who}）', '{n} places: {list} ({who})');
    const params = { n: 12345, list: ['照片', '签名'], who: text('应急局', 'Emergency bureau') };
    expect(fillText(words, params, 'zh')).toBe('12,345 处：照片、签名（应急局）');
    expect(fillText(words, params, 'en')).toBe('12,345 places: 照片, 签名 (Emergency bureau)');
  });
  test('a value is never read as a template, and inherited names are no values', () => {
    expect(fill('{a}', { a: '{b}', b: 'x' })).toBe('{b}');
    expect(fill('{toString} {a}', { a: '$&' })).toBe('{toString} $&');
  });
});

test('pick and isText', () => {
  expect(pick(text('隐患', 'hazard'), 'en')).toBe('hazard');
  expect(pick(text('隐患', ''), 'en')).toBe('隐患');
  expect(isText({ zh: '一', en: 'one' })).toBe(true);
  expect(isText({ zh: '一' })).toBe(false);
  expect(isText(null)).toBe(false);
});

test('formatNumber', () => {
  expect(formatNumber(1234567.891)).toBe('1,234,567.891');
  expect(formatNumber(1234.5, 2)).toBe('1,234.50');
  expect(formatNumber(-0.001, 1)).toBe('0.0');
  expect(formatNumber(Number.NaN)).toBe('—');
  expect(formatNumber(0)).toBe('0');
});

describe('grams', () => {
  test('characters and neighbouring pairs, folded, inside runs only', () => {
    expect(grams('液氨 ＬＮＧ')).toEqual(['g', 'l', 'ln', 'n', 'ng', '氨', '液', '液氨'].sort());
    expect(grams('，。 ')).toEqual([]);
    expect(queryGrams('储配站')).toEqual(['储配', '配站']);
    expect(queryGrams('站')).toEqual(['站']);
  });

  const words = fc.string({ unit: fc.constantFrom(...'安全生产储配站气ＡbΣσ1２-（ 。𠮷'), maxLength: 30 });

  test('whatever contains the query has all its grams (recall 1.0)', () => {
    fc.assert(
      fc.property(words, words, words, (before, query, after) => {
        const doc = before + query + after;
        const has = new Set(grams(doc));
        expect(fold(doc)).toContain(fold(query));
        expect(queryGrams(query).filter((gram) => !has.has(gram))).toEqual([]);
      }),
    );
  });

  test('the final sigma is the same letter', () => {
    expect(fold('ΑΣ')).toBe('ασ');
    expect(fold('ΑΣΑ')).toContain(fold('ΑΣ'));
  });

  test('every gram is one or two characters of the folded document', () => {
    fc.assert(
      fc.property(words, (doc) => {
        for (const gram of grams(doc)) {
          expect([1, 2]).toContain([...gram].length);
          expect(fold(doc)).toContain(gram);
        }
      }),
    );
  });
});
