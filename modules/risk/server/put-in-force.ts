import { sql } from 'kysely';
import { addDays, chinaDate, startOfDay } from '#kernel/calendar.ts';
import { fault } from '#kernel/fault.ts';
import { canonicalJson } from '#kernel/hash.ts';
import { newId } from '#kernel/id.ts';
import { findRow, rows, write } from '#kernel/server/db/pool.ts';
import type { EffectContext } from '#kernel/server/implement.ts';
import type { assessment } from '../assessment.workflow.ts';
import type { CheckCycle, Tree } from '../schema.ts';
import { gradeTree, type Plan, plansOf } from '../tree.ts';
import { makeRounds, type PlanRow } from './rounds.ts';

type AssessmentContext = EffectContext<typeof assessment>;

/** 定期更新: at least yearly (DB37/T 2882); a major risk earlier would be the enterprise's own rule. */
const reassessDays = 365;

/** The assessed tree becomes the next version of its risk point, and its measures the tasks of checking. */
export async function putInForce(ctx: AssessmentContext, tree: Tree): Promise<void> {
  const version = await writePoint(ctx, tree);
  const { row, org, line } = ctx.matter;
  await write(
    ctx.tx,
    sql`insert into risk.version (point, version, org, line, party, assessment, reason, tree, at)
      values (${row.riskPoint}, ${version}, ${org}, ${line}, ${row.site}, ${ctx.matter.id}, ${row.reason}, ${JSON.stringify(tree)}::jsonb, ${ctx.now})`,
  );
  await renewPlans(ctx, plansOf(tree));
}

async function writePoint(ctx: AssessmentContext, tree: Tree): Promise<number> {
  const { row, org, line, id } = ctx.matter;
  const { inherent, residual } = gradeTree(tree);
  const place = tree.point ? `(${tree.point.lng},${tree.point.lat})` : null;
  const due = startOfDay(addDays(chinaDate(ctx.now), reassessDays));
  const written = await findRow(
    ctx.tx,
    sql<{
      version: number;
    }>`insert into risk.point as p (id, site, org, line, name, type, department, keeper, point, level, inherent, version, assessment, assessed_at, reassess_due)
      values (${row.riskPoint}, ${row.site}, ${org}, ${line}, ${tree.name}, ${tree.type}, ${tree.department ?? null}, ${tree.keeper ?? null}, ${place}::point,
        ${residual}, ${inherent}, 1, ${id}, ${ctx.now}, ${due})
      on conflict (id) do update set org = excluded.org, line = excluded.line, name = excluded.name, type = excluded.type, department = excluded.department,
        keeper = excluded.keeper, point = excluded.point, level = excluded.level, inherent = excluded.inherent, version = p.version + 1,
        assessment = excluded.assessment, assessed_at = excluded.assessed_at, reassess_due = excluded.reassess_due, retired_at = null
      where p.site = excluded.site
      returning version`,
  );
  if (!written) throw fault('risk.point_elsewhere');
  return written.version;
}

type Active = { id: string; measure: string; what: string; cycle: CheckCycle };

/** A plan that stays as it was keeps its rounds; a changed or dropped one ends, with the rounds that nobody has to do any more. */
async function renewPlans(ctx: AssessmentContext, plans: readonly Plan[]): Promise<void> {
  const { row } = ctx.matter;
  const active = await rows(
    ctx.tx,
    sql<Active>`select id, measure, what, cycle from risk.plan where point = ${row.riskPoint} and ended_at is null`,
  );
  const kept = new Set(active.filter((old) => plans.some((plan) => isSame(old, plan))).map((old) => old.measure));
  const ended = active.filter((old) => !kept.has(old.measure)).map((old) => old.id);
  await write(ctx.tx, sql`delete from risk.round where plan = any(${ended}::uuid[]) and done_at is null and closes > ${ctx.now}`);
  await write(ctx.tx, sql`update risk.plan set ended_at = ${ctx.now} where id = any(${ended}::uuid[])`);
  const fresh = plans.filter((plan) => !kept.has(plan.measure.id)).map((plan) => rowOf(ctx, plan));
  await write(
    ctx.tx,
    sql`insert into risk.plan (id, point, measure, org, line, party, what, level, role, item, cycle, until)
      select * from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb)
        as x(id uuid, point uuid, measure uuid, org int, line text, party uuid, what text, level smallint, role text, item smallint, cycle jsonb, until timestamptz)`,
  );
  await makeRounds(ctx.tx, fresh, ctx.now);
}

const isSame = (old: Active, { measure }: Plan) =>
  old.measure === measure.id && old.what === measure.check && canonicalJson(old.cycle) === canonicalJson(measure.cycle);

function rowOf(ctx: AssessmentContext, { measure, level }: Plan): PlanRow & Record<string, unknown> {
  const { row, org, line } = ctx.matter;
  const { cycle, check } = measure;
  return {
    id: newId(),
    point: row.riskPoint,
    measure: measure.id,
    org: org ?? 0,
    line: line ?? '',
    party: row.site,
    what: check,
    level,
    role: cycle.role,
    item: cycle.item ?? null,
    cycle,
    // The day's own round is still to be done, so the rounds begin with today.
    until: startOfDay(chinaDate(ctx.now)),
  };
}
