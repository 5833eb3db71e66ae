import { type Head, sayDamage, type Verdict } from '#kernel/audit-contract.ts';
import type { Runtime } from '#kernel/server/context.ts';
import { wholeLedger } from '#kernel/server/seal/row-text.ts';
import { findLastSeal } from '#kernel/server/seal/stored-seals.ts';
import { verifyLedger } from '#kernel/server/seal/verify.ts';
import { formatNumber } from '#kernel/text.ts';

type Write = (line: string) => void;

const toStdout: Write = (line) => {
  process.stdout.write(`${line}\n`);
};

const usageExit = 64;

/**
 * `vigil audit verify [--head HASH]` and `vigil audit head`; `args` is what follows `audit`. Works while the system runs.
 * Exit code 0: nothing was changed; 1: something was; 64: not understood.
 */
export async function auditVerify(runtime: Runtime, args: readonly string[], say: Write = toStdout): Promise<number> {
  const [word = 'verify', flag, value, ...rest] = args;
  if (word === 'head' && flag === undefined) return auditHead(runtime, say);
  if (word === 'verify' && flag === undefined) return verify(runtime, undefined, say);
  if (word === 'verify' && flag === '--head' && value !== undefined && rest.length === 0)
    return verify(runtime, value.trim().toLowerCase(), say);
  say('用法 usage: vigil audit verify [--head HASH] | vigil audit head');
  return usageExit;
}

/** Recomputes every seal of the ledger and says in plain words what was found. */
async function verify(runtime: Runtime, head: string | undefined, say: Write): Promise<number> {
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) {
    say('--head 应为 64 位十六进制数，由 vigil audit head 给出');
    say('--head must be 64 hexadecimal digits, as vigil audit head prints them');
    return usageExit;
  }
  const verdict = await verifyLedger(runtime, { ...(head === undefined ? {} : { head }), onProgress: progress() });
  for (const line of [...linesOf(verdict), ...headLines(verdict, head)]) say(line);
  return verdict.ok ? 0 : 1;
}

/** One line that is overwritten, once a second, for people only: output into a file stays clean. */
function progress(): (rows: number) => void {
  let next = performance.now() + 1000;
  return (rows) => {
    if (!process.stderr.isTTY || performance.now() < next) return;
    next = performance.now() + 1000;
    process.stderr.write(`\r${formatNumber(rows)} …`);
  };
}

function linesOf(verdict: Verdict): string[] {
  const [rows, seals, rate] = [verdict.rows, verdict.seals, Math.round(verdict.rows / Math.max(verdict.seconds, 0.001))].map((n) =>
    formatNumber(n),
  );
  const lines = [
    `已校验 ${seals} 个封条、${rows} 条记录，每秒 ${rate} 条；尚未封存 ${formatNumber(verdict.unsealed)} 条。`,
    `Verified ${seals} seals over ${rows} rows, ${rate} rows/s; ${formatNumber(verdict.unsealed)} rows are not sealed yet.`,
  ];
  if (verdict.unkeyed > 0 && verdict.unkeyed < verdict.seals) {
    lines.push(`其中 ${verdict.unkeyed} 个封条早于密钥启用。`, `${verdict.unkeyed} of the seals are older than the key.`);
  }
  for (const { seal, seq } of verdict.backdated) {
    lines.push(
      `提示：第 ${seq} 号记录（第 ${seal} 号封条）所载时间早于其写入时间一小时以上，请核查。`,
      `Note: row ${seq} (seal ${seal}) bears a time more than an hour before it was written; please look into it.`,
    );
  }
  if (verdict.head) lines.push(`head ${verdict.head.n} ${verdict.head.at} ${verdict.head.hash}`);
  const [first, ...more] = verdict.damage;
  if (first === undefined) return [...lines, '未发现改动。', 'Nothing was changed, removed, inserted or reordered.'];
  lines.push(`发现改动，首处：${sayDamage(first, 'zh')}。`, `The ledger was tampered with. First place: ${sayDamage(first, 'en')}.`);
  for (const damage of more) lines.push(`  ${sayDamage(damage, 'zh')} · ${sayDamage(damage, 'en')}`);
  return lines;
}

function headLines(verdict: Verdict, head: string | undefined): string[] {
  if (head === undefined) return [];
  if (typeof verdict.found === 'number') {
    const rest = verdict.damage.length === 0 ? ['，其后未被重写', ', and nothing up to it was rewritten'] : ['', ''];
    return [
      `所记封条为第 ${verdict.found} 号，仍在链中${rest[0]}。`,
      `The noted head is seal ${verdict.found} and still in the chain${rest[1]}.`,
    ];
  }
  return [
    '所记封条不在链中：台账在记录该封条之后被重写或截断。',
    'The noted head is not in the chain: the ledger was rewritten or cut off after it was noted.',
  ];
}

/** Prints the newest seal, to be noted outside the system (a register, another server, the minutes of a meeting). */
async function auditHead(runtime: Runtime, say: Write): Promise<number> {
  const last = await runtime.db.read(wholeLedger, findLastSeal);
  if (!last) {
    say('尚无封条。 There is no seal yet.');
    return 1;
  }
  const head: Head = { n: last.n, at: last.at, hash: last.hash.toString('hex') };
  say(`${head.hash}`);
  process.stderr.write(`第 ${head.n} 号封条，${head.at} · seal ${head.n}, ${head.at}\n`);
  return 0;
}
