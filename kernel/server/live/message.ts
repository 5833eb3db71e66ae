import type { ByeReason, LedgerMessage } from '../../live-contract.ts';
import type { LedgerEvent } from '../implement.ts';
import type { Position } from '../ledger.ts';

const idLine = ({ tx, seq }: Position) => `id: ${tx}.${seq}\n`;
const block = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** One row of the ledger as it goes over the line: that something happened, not what it says. */
export function ledgerText(event: LedgerEvent): string {
  const { name, kind, subject, from, to, at } = event;
  const message: LedgerMessage = { name, kind, subject, from, to, at: at.toISOString() };
  return idLine(event) + block('ledger', message);
}

/** Who resumes keeps the id he came with until what he missed has reached him: the line may break again before that. */
export const readyText = (at: Position | undefined) => `retry: 3000\n${at ? idLine(at) : ''}${block('ready', {})}`;
export const resetText = (at: Position) => idLine(at) + block('reset', {});
export const noticeText = (unread: number) => block('notice', { unread });
export const byeText = (why: ByeReason) => block('bye', { why });

/** Keeps proxies from closing the line and, as a block without data, moves the browser's last id on without an event. */
export const beatText = (at: Position) => `: beat\n${idLine(at)}\n`;
