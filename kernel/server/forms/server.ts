import { fault } from '../../fault.ts';
import { formModule, get, list } from '../../form-contract.ts';
import { hasRole } from '../../permission.ts';
import { handleQuery, implementModule } from '../implement.ts';
import { answerAction, answersQuery } from './answering.ts';
import { publishAction, saveAction } from './draw-up.ts';
import { findForm, findPublished, formIn, lineOf, linesOf, listForms } from './stored-forms.ts';

const drawsUp = ['sysadmin'] as const;

const listQuery = handleQuery(list, async (ctx, { drafts }) => {
  const found = await listForms(ctx.tx, drafts === true && hasRole(ctx.who, drawsUp));
  return { items: await linesOf(ctx, found) };
});

const getQuery = handleQuery(get, async (ctx, { id, version }) => {
  const { tx, who } = ctx;
  const row = version === undefined ? await findPublished(tx, id) : await findForm(tx, id, version);
  if (!row || (row.published_at === null && !hasRole(who, drawsUp))) throw fault('form.unknown');
  return { ...(await lineOf(ctx, row)), form: formIn(row) };
});

/** Checklists and reports as versioned data: drawn up by administrators, answered in the field. */
export const formServer = implementModule({
  contract: formModule,
  actions: [saveAction, publishAction, answerAction],
  queries: [listQuery, getQuery, answersQuery],
});
