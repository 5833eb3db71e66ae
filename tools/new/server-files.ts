import type { Plan } from './plan.ts';

export const serverFile = ({ module, noun }: Plan): string => `import { implementModule } from '#kernel/server/implement.ts';
import { ${module}Module } from '../module.ts';
import { ${noun}Server } from './effects.ts';

export const server = implementModule({
  contract: ${module}Module,
  migrations: new URL('./migrations/', import.meta.url),
  workflows: [${noun}Server],
});
`;

export const effectsFile = ({ noun }: Plan): string => `import { fault } from '#kernel/fault.ts';
import type { Owner } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { implementWorkflow } from '#kernel/server/implement.ts';
import { ${noun} } from '../${noun}.workflow.ts';

/** The area's own unit has the area's id. */
const areaOwner = (area: number | null, role: 'officer' | 'leader'): Owner | null => (area === null ? null : { unit: area, role });

function deadline(ctx: Context, due: string | undefined): Date | undefined {
  if (due === undefined) return undefined;
  const at = new Date(due);
  if (at <= ctx.now) throw fault('${noun}.due_past');
  return at;
}

export const ${noun}Server = implementWorkflow(${noun})({
  starts: {
    open(ctx, input) {
      const due = deadline(ctx, input.due);
      return {
        org: input.org,
        line: null,
        party: null,
        title: input.title,
        owner: areaOwner(input.org, 'officer'),
        ...(due ? { due } : {}),
        set: { description: input.description, result: null },
      };
    },
  },
  actions: {
    submit: (ctx, input) => ({ owner: areaOwner(ctx.matter.org, 'leader'), set: { result: input.result } }),
  },
});
`;

export const migrationFile = ({ module, noun }: Plan): string => `create schema ${module};
grant usage on schema ${module} to vigil_app;

create table ${module}.${noun} (
  id uuid primary key,
  description text not null,
  result text
);
select kernel.make_matter('${module}.${noun}');
`;
