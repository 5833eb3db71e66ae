import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import criteria from './data/major-standards.json' with { type: 'json' };
import library from './data/wordings.json' with { type: 'json' };
import { searched } from './library.ts';
import { category, grade } from './schema.ts';

const corpus = fileURLToPath(new URL('../../../shared/data/corpus/', import.meta.url));
const folders = ['laws/national', 'laws/local', 'rules'].map((folder) => join(corpus, folder));
const bare = (text: string) => text.replace(/- \d+ -|\s/g, '');

it('has wordings a form accepts, each once, citing a law it names', () => {
  const { wordings, laws } = library;
  expect(new Set(wordings.map((one) => one.id)).size).toBe(wordings.length);
  expect(wordings.length).toBeGreaterThanOrEqual(60);
  for (const one of wordings) {
    expect(category.safeParse(one.category).success && grade.safeParse(one.grade).success, one.id).toBe(true);
    for (const clause of [one.basis, one.penalty]) if (clause) expect(Object.keys(laws)).toContain(clause.law);
  }
  expect(new Set(criteria.map((one) => one.id)).size).toBe(criteria.length);
});

it.skipIf(!existsSync(corpus))('quotes what the article says (skipped without the texts of the laws)', () => {
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => ({ name, path: join(folder, name) })));
  const texts = new Map<string, string>();
  for (const [key, law] of Object.entries(library.laws)) {
    const file = files.find((one) => [`${law.name}(${law.edition}).md`, `${law.name}.md`].includes(one.name));
    expect(file, law.name).toBeDefined();
    texts.set(key, `\n${readFileSync(file?.path ?? '', 'utf8')}`);
  }
  for (const one of library.wordings) {
    for (const clause of [one.basis, one.penalty]) {
      if (!clause) continue;
      const articles = (texts.get(clause.law) ?? '').split(/\n(?:## )?(?=第[一二三四五六七八九十百零]+条)/);
      const article = articles.find((part) => part.startsWith(clause.article)) ?? '';
      expect(bare(article), `${one.id} ${clause.law} ${clause.article}`).toContain(bare(clause.quote));
    }
  }
});

it('finds by words, by likeness, and everything by nothing', () => {
  const texts = ['疏散通道被杂物堵塞', '灭火器压力不足'];
  const found = (text: string) => searched(texts, text, (one) => one);
  expect(found('灭火器')).toEqual(['灭火器压力不足']);
  expect(found('杂物堵塞了疏散通道')).toEqual(['疏散通道被杂物堵塞']);
  expect(found('通道 堵塞')).toEqual(['疏散通道被杂物堵塞']);
  expect(found(' ')).toEqual(texts);
  expect(found('起重机')).toEqual([]);
});
