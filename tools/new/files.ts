import type { Plan } from './plan.ts';
import { moduleFile, schemaFile, workflowFile } from './pure-files.ts';
import { effectsFile, migrationFile, serverFile } from './server-files.ts';
import { apiTestFile, unitTestFile } from './test-files.ts';

/** Every file of a new module by its path in the project. */
export function moduleFiles(plan: Plan): Map<string, string> {
  const { module, noun, stamp } = plan;
  const files: [string, string][] = [
    ['module.ts', moduleFile(plan)],
    ['schema.ts', schemaFile(plan)],
    [`${noun}.workflow.ts`, workflowFile(plan)],
    [`${noun}.workflow.test.ts`, unitTestFile(plan)],
    ['server/index.ts', serverFile(plan)],
    ['server/effects.ts', effectsFile(plan)],
    [`server/${noun}.api.test.ts`, apiTestFile(plan)],
    [`server/migrations/${stamp}-${module}.sql`, migrationFile(plan)],
  ];
  return new Map(files.map(([path, text]) => [`modules/${module}/${path}`, text]));
}
