import { handleQuery } from '#kernel/server/implement.ts';
import majorStandards from '../data/major-standards.json' with { type: 'json' };
import library from '../data/wordings.json' with { type: 'json' };
import { type Clause, type Criterion, searched, type Wording } from '../library.ts';
import { standards, wordings } from '../queries.ts';
import { category, grade } from '../schema.ts';

const all: readonly Wording[] = library.wordings;
const criteria: readonly Criterion[] = majorStandards;
const laws: Readonly<Record<string, { name: string }>> = library.laws;
const groups = [...new Set(all.map((one) => one.group))];
const trades = [...new Set(criteria.map((one) => one.trade))];

const cited = ({ law, article, quote }: Clause) => ({ name: `《${laws[law]?.name ?? law}》${article}`, quote });

export const wordingsQuery = handleQuery(wordings, async (_ctx, input) => {
  const within = all.filter((one) => input.group === undefined || one.group === input.group);
  const found = searched(within, input.text ?? '', (one) => `${one.text} ${one.group}`);
  return {
    items: found.slice(0, input.limit).map((one) => ({
      ...one,
      category: category.parse(one.category),
      grade: grade.parse(one.grade),
      basis: cited(one.basis),
      penalty: one.penalty ? cited(one.penalty) : null,
    })),
    groups,
    total: found.length,
  };
});

export const standardsQuery = handleQuery(standards, async (_ctx, input) => {
  const within = criteria.filter((one) => input.trade === undefined || one.trade === input.trade);
  return { items: searched(within, input.text ?? '', (one) => one.text), trades };
});
