import { newId } from '../../id.ts';
import type { NoticeData } from '../../notice-contract.ts';
import type { Context } from '../context.ts';

export type Tell = { name: string; kind: string; subject: string; title: string; words?: string };

/** Tells people something that is no step of a matter, e.g. that an object has nobody who answers for it. For the server's own jobs. */
export async function tell(ctx: Pick<Context, 'tx' | 'now'>, people: readonly string[], what: Tell): Promise<void> {
  const data: NoticeData = {
    why: 'attention',
    code: '',
    actorName: '',
    from: null,
    to: null,
    due: null,
    words: what.words ?? null,
    exercise: false,
  };
  for (const person of new Set(people)) {
    await ctx.tx.client.run(
      'insert into kernel.notice (id, person, at, name, kind, subject, title, data) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [newId(), person, ctx.now, what.name, what.kind, what.subject, what.title, JSON.stringify(data)],
    );
  }
}
