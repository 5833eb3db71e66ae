import type { MatterRecord } from '#kernel/matter-contract.ts';
import { say } from '#kernel/web/words/words.ts';
import { treeSchema } from '../schema.ts';
import { TreeView } from './tree-view.tsx';
import { words } from './words.ts';

/** What was handed in, below the fields of the assessment: whoever reviews it must see it. */
export function AssessedTree({ record }: { record: MatterRecord }) {
  const tree = treeSchema.safeParse(record.fields.tree);
  if (!tree.success) return null;
  return (
    <section className="risk-assessed">
      <h3>{say(words.graded)}</h3>
      <TreeView tree={tree.data} />
    </section>
  );
}
