import { useSearch } from '@tanstack/react-router';
import type { OutputOf } from '../../../contract.ts';
import { blankForm } from '../../../form/edit/blank.ts';
import { get, list } from '../../../form-contract.ts';
import { Bones, Failed } from '../../page-state.tsx';
import { usePage } from '../../shell/page-title.ts';
import { useApi } from '../../use-api.ts';
import { say } from '../../words/words.ts';
import { words } from './editor-words.ts';
import { FormEditor } from './form-editor.tsx';

type Line = OutputOf<typeof list>['items'][number];

/** Draws up a form: a new one, a copy of one, or the next version of one; an unfinished draft is gone on with. */
export function EditFormPage() {
  usePage({ title: say(list.label), to: '/forms' }, { title: say(words.drawing) });
  const { id, from } = useSearch({ from: '/signed-in/forms/edit' });
  const found = useApi(list, { drafts: 'true' }, { staleTime: Number.POSITIVE_INFINITY });
  if (!found.data) return found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : <Bones rows={6} />;
  const { items } = found.data;
  return <Loaded key={`${id} ${from}`} id={id} from={from} items={items} />;
}

function Loaded({ id, from, items }: { id: string | undefined; from: string | undefined; items: readonly Line[] }) {
  const name = id ?? from;
  const draft = items.find((line) => line.id === name && line.publishedAt === null);
  const published = items.find((line) => line.id === name && line.publishedAt !== null);
  const fixed = { staleTime: Number.POSITIVE_INFINITY };
  const stored = useApi(get, { id: name ?? '', version: draft?.version ?? 1 }, { ...fixed, enabled: draft !== undefined });
  const before = useApi(get, { id: name ?? '', version: published?.version ?? 1 }, { ...fixed, enabled: published !== undefined });
  const failed = [stored, before].find((one) => one.error);
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  if ((draft && !stored.data) || (published && !before.data)) return <Bones rows={6} />;

  const ids = items.map((line) => line.id);
  // A form without a draft asks for nothing, but may find in the cache what the other question has brought.
  const last = (published && before.data?.form) ?? null;
  const now = (draft && stored.data?.form) ?? null;
  if (from !== undefined && id === undefined) {
    return <FormEditor initial={{ ...(last ?? now ?? blankForm('')), id: '', version: 1 }} stored={null} previous={null} ids={ids} />;
  }
  const next = last ? { ...last, version: last.version + 1 } : blankForm('');
  return <FormEditor initial={now ?? next} stored={now} previous={last} ids={ids} />;
}
