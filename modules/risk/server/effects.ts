import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import type { Owner } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { type EffectContext, implementWorkflow } from '#kernel/server/implement.ts';
import { getSite } from '#modules/site/server/public.ts';
import { assessment } from '../assessment.workflow.ts';
import { type Tree, treeSchema } from '../schema.ts';
import { faultsOf, gradeTree } from '../tree.ts';
import { putInForce } from './put-in-force.ts';

type AssessmentContext = EffectContext<typeof assessment>;

/** The enterprise's own people, when it has any beside `but`; otherwise the officers of the area. */
async function owner(ctx: Context, site: string, org: number, but: string | null): Promise<Owner> {
  const own: Owner = { party: true, role: 'enterprise' };
  const people = await ctx.use(directory).holders(ctx.tx, own, site, ctx.now);
  return people.some((one) => one.id !== but) ? own : { unit: org, role: 'officer' };
}

/** The tree as it was submitted; it was checked then, by the tables of then. */
function submitted(ctx: AssessmentContext): Tree {
  const tree = treeSchema.safeParse(ctx.matter.row.tree);
  if (!tree.success) throw fault('risk.no_tree');
  return tree.data;
}

export const assessmentServer = implementWorkflow(assessment)({
  starts: {
    async open(ctx, input) {
      const site = await getSite(ctx.tx, input.site);
      const found = await findRow(
        ctx.tx,
        sql<{ site: string | null; code: string | null }>`select risk.site_of(${input.riskPoint}) as site,
          (select code from risk.assessment where risk_point = ${input.riskPoint} and closed_at is null limit 1) as code`,
      );
      if (found?.site && found.site !== site.id) throw fault('risk.point_elsewhere');
      if (found?.code) throw fault('risk.assessment_open', { code: found.code });
      return {
        org: site.org,
        line: site.line,
        party: site.id,
        title: `${site.name}：${input.name}`,
        point: site.point,
        place: site.address,
        owner: await owner(ctx, site.id, site.org, null),
        set: {
          riskPoint: input.riskPoint,
          site: site.id,
          reason: input.reason,
          explain: input.explain ?? null,
          inherentLevel: null,
          residualLevel: null,
          tree: null,
        },
      };
    },
  },
  actions: {
    async submit(ctx, { tree }) {
      const places = faultsOf(tree);
      if (places.length > 0) throw fault('risk.tree_invalid', { count: places.length, places });
      const { inherent, residual } = gradeTree(tree);
      const { row, org } = ctx.matter;
      return {
        owner: await owner(ctx, row.site, org ?? 0, ctx.actor.person),
        level: residual,
        set: { tree, inherentLevel: inherent, residualLevel: residual },
      };
    },
    async approve(ctx) {
      await putInForce(ctx, submitted(ctx));
      return {};
    },
  },
});
