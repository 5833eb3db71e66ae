import type pg from 'pg';
import { PipelinedClient } from '#kernel/server/db/pool.ts';

export type Statement = { text: string; values: readonly unknown[] };

/**
 * Notes every statement the application sends while `work` runs, grouped by round trip: statements sent in the same
 * turn of the event loop travel together. Restores the driver afterwards.
 */
export async function recordStatements(_pool: pg.Pool, work: () => Promise<unknown>): Promise<Statement[][]> {
  const groups: Statement[][] = [];
  let open: Statement[] | undefined;
  const note = (text: string, values: readonly unknown[]) => {
    if (!open) {
      const group: Statement[] = [];
      open = group;
      groups.push(group);
      setImmediate(() => {
        open = undefined;
      });
    }
    open.push({ text, values });
  };
  const { run, query } = PipelinedClient.prototype;
  let inside = false;
  PipelinedClient.prototype.run = function (this: PipelinedClient, text: string, values: readonly unknown[] = []) {
    note(text, values);
    inside = true;
    try {
      return run.call(this, text, values);
    } finally {
      inside = false;
    }
  } as typeof run;
  PipelinedClient.prototype.query = function (this: PipelinedClient, ...args: unknown[]) {
    if (!inside && typeof args[0] === 'string') note(args[0], []);
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    PipelinedClient.prototype.run = run;
    Reflect.deleteProperty(PipelinedClient.prototype, 'query');
  }
  return groups;
}
