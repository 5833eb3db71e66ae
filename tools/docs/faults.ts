import type { ModuleContract } from '#kernel/contract.ts';
import { both, code, page, table } from './markdown.ts';

/** Every coded refusal with its HTTP status and its words. */
export function faultsPage(contracts: readonly ModuleContract[]): string {
  const sections = contracts.flatMap((module) => {
    const rows = Object.entries(module.faults).map(([name, { status, text }]) => [code(name), String(status), text.zh, text.en]);
    return rows.length > 0 ? [`## ${both(module.title)} ${code(module.name)}\n`, table(['code', 'status', '中文', 'English'], rows)] : [];
  });
  return page(
    'Faults 错误代码',
    'The body of an answer is `{"fault": {"code", "details", "request"}}`; `details` fill the places in braces. Codes are never renamed, only added.',
    ...sections,
  );
}
