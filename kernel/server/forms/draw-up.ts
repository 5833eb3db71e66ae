import { fault } from '../../fault.ts';
import { formHash, publishFaults } from '../../form/version.ts';
import { publish, save } from '../../form-contract.ts';
import { reachesAll } from '../auth/guarded.ts';
import type { Context } from '../context.ts';
import { handleAction } from '../implement.ts';
import { findForm, findPublished, formIn, lineOf, markPublished, storeDraft } from './stored-forms.ts';

/** A form is everybody's: it is drawn up where everybody is administered. @throws fault auth.forbidden */
async function requireWholeSystem(ctx: Context): Promise<void> {
  if (!(await reachesAll(ctx, 'sysadmin'))) throw fault('auth.forbidden', { permission: 'form.save' });
}

/** The database refuses to touch a published version, whoever asks; here it gets its words. */
async function unlessPublished(version: number, next: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as { code?: string }).code === 'VG001') throw fault('form.published', { version, next });
    throw error;
  }
}

export const saveAction = handleAction(
  save,
  () => 'anywhere',
  async (ctx, { form }) => {
    await requireWholeSystem(ctx);
    const { tx, now } = ctx;
    const published = await findPublished(tx, form.id);
    const next = (published?.version ?? 0) + 1;
    if (form.version > next) throw fault('form.version_order', { want: next });
    const hash = await formHash(form);
    await unlessPublished(form.version, next, () => storeDraft(tx, form, hash, now));
    const output = {
      id: form.id,
      version: form.version,
      title: form.title,
      hash,
      publishedAt: null,
      publishedBy: null,
      publishedByName: '',
    };
    // The content stands in its table; the ledger keeps what proves which content it was.
    return { output, data: { form: { id: form.id, version: form.version }, hash } };
  },
);

export const publishAction = handleAction(
  publish,
  () => 'anywhere',
  async (ctx, { id, version }) => {
    await requireWholeSystem(ctx);
    const { tx, who, now } = ctx;
    const [draft, previous] = [await findForm(tx, id, version), await findPublished(tx, id)];
    if (!draft) throw fault('form.unknown');
    if (draft.published_at !== null) throw fault('form.published', { version, next: (previous?.version ?? 0) + 1 });
    const form = formIn(draft);
    const wrong = publishFaults(form, previous ? formIn(previous) : null);
    if (wrong.length > 0) throw fault('form.invalid', { count: wrong.length, issues: wrong });
    const hash = await formHash(form);
    await unlessPublished(version, version + 1, () => markPublished(tx, draft, who.person, hash, now));
    return { output: await lineOf(ctx, { ...draft, hash, published_at: now, published_by: who.person }), data: { hash } };
  },
);
