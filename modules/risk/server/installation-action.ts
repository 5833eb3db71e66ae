import { sql } from 'kysely';
import { addDays, chinaDate, startOfDay } from '#kernel/calendar.ts';
import { fault } from '#kernel/fault.ts';
import { write } from '#kernel/server/db/pool.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { getSite } from '#modules/site/server/public.ts';
import { heldFaults, identify } from '../major-hazard.ts';
import { installationSave } from '../module.ts';

/** 总局令40号第十一条: identified and assessed anew every three years, and on change. */
const reassessDays = 3 * 365;
const wrong = { amount: '数量须大于 0', unknown: '表 1 中没有，须选择危险性类别', category: '没有这个危险性类别' } as const;

/** The server computes; what a device computed is shown there only. */
export const saveInstallation = handleAction(
  installationSave,
  async (ctx, input) => {
    const site = await getSite(ctx.tx, input.site);
    return { org: site.org, line: site.line, party: site.id };
  },
  async (ctx, input) => {
    const site = await getSite(ctx.tx, input.site);
    const [first] = heldFaults(input.held);
    if (first) throw fault('risk.held_invalid', { index: first.index + 1, name: first.name, what: wrong[first.what], code: first.what });
    const names = input.officers ? Object.values(input.officers).map((one) => one.name) : [];
    if (new Set(names).size < names.length) throw fault('risk.officers_same');
    const result = identify(input.held, input.people);
    const due = startOfDay(addDays(chinaDate(ctx.now), reassessDays));
    const written = await write(
      ctx.tx,
      sql`insert into risk.installation as i (id, site, org, line, name, type, held, people, result, major, grade, officers, filed_no, assessed_by, assessed_at, reassess_due)
        values (${input.id}, ${site.id}, ${site.org}, ${site.line}, ${input.name}, ${input.type}, ${JSON.stringify(input.held)}::jsonb, ${input.people},
          ${JSON.stringify(result)}::jsonb, ${result.major}, ${result.grade}, ${input.officers ? JSON.stringify(input.officers) : null}::jsonb,
          ${input.filedNo || null}, ${ctx.who.person}, ${ctx.now}, ${due})
        on conflict (id) do update set org = excluded.org, line = excluded.line, name = excluded.name, type = excluded.type, held = excluded.held,
          people = excluded.people, result = excluded.result, major = excluded.major, grade = excluded.grade,
          officers = coalesce(excluded.officers, i.officers), filed_no = excluded.filed_no, assessed_by = excluded.assessed_by,
          assessed_at = excluded.assessed_at, reassess_due = excluded.reassess_due
        where i.site = excluded.site`,
    );
    if (written === 0) throw fault('risk.point_elsewhere');
    const { major, grade, r, sum } = result;
    return {
      output: { id: input.id, major, grade, r, sum },
      subject: input.id,
      kind: 'risk.installation',
      data: { major, grade, r, sum },
    };
  },
);
