import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { attach } from '#kernel/server/act-store.ts';
import { findRow, write } from '#kernel/server/db/pool.ts';
import { requirePictures } from '#kernel/server/files/pictures.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { check } from '../module.ts';

type Round = { org: number; line: string; party: string; opens: Date; closes: Date; done_at: Date | null };

const kind = 'risk.round';

/** Done once, in its time: what was not done then was missed, and nobody fills it in afterwards. */
export const doCheck = handleAction(
  check,
  async (ctx, input) => {
    const round = await findRow(ctx.tx, sql<Round>`select org, line, party from risk.round where id = ${input.id}`);
    if (!round) throw fault('risk.check_unknown');
    return { org: round.org, line: round.line, party: round.party };
  },
  async (ctx, input) => {
    const round = await findRow(
      ctx.tx,
      sql<Round>`select org, line, party, opens, closes, done_at from risk.round where id = ${input.id} for update`,
    );
    if (!round) throw fault('risk.check_unknown');
    if (round.done_at) throw fault('risk.check_done');
    if (ctx.now < round.opens) throw fault('risk.check_early', { opens: round.opens.toISOString() });
    if (ctx.now >= round.closes) throw fault('risk.check_missed', { closes: round.closes.toISOString() });
    await requirePictures(ctx.tx, input.photos ?? []);
    await write(
      ctx.tx,
      sql`update risk.round set result = ${input.result}, note = ${input.note || null}, photos = ${input.photos ?? []}::uuid[],
        place = ${input.place ? JSON.stringify(input.place) : null}::jsonb, done_by = ${ctx.who.person}, done_at = ${ctx.now} where id = ${input.id}`,
    );
    const place = { kind, subject: input.id, org: round.org, line: round.line, party: round.party };
    await attach(
      ctx.tx.client,
      place,
      (input.photos ?? []).map((file) => ({ file, purpose: 'checked' })),
      ctx.who.person,
    );
    return { output: { id: input.id }, subject: input.id, kind };
  },
);
