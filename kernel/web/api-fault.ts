import { formatNumber } from '../text.ts';
import { findFault, findState, findTitle } from './registry.ts';
import { fillPlaces, getLang, say, t } from './words/words.ts';

/** Faults of the way to the server, which no server can report. */
const localFaults = {
  'network.unreachable': {
    zh: '没有连上服务器，内容未提交，已保存在本机，请稍后重试',
    en: 'The server was not reached; nothing was submitted, your input is kept here; try again shortly',
  },
  'network.answer': { zh: '服务器的答复无法识别（{status}）', en: 'The answer of the server could not be read ({status})' },
} as const;

/** A refusal as the caller sees it: the code and details of the server, and the number to quote. */
export class ApiFault extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;
  readonly request: string | undefined;
  readonly status: number;
  constructor(code: string, details: Record<string, unknown>, request: string | undefined, status: number) {
    super(code);
    this.name = 'ApiFault';
    this.code = code;
    this.details = details;
    this.request = request;
    this.status = status;
  }
}

export const isApiFault = (error: unknown): error is ApiFault => error instanceof ApiFault;

export function isCode(error: unknown, ...codes: string[]): error is ApiFault {
  return isApiFault(error) && codes.includes(error.code);
}

/** Worth sending again with the same id: the line or the server failed, not the request. */
export function isPassing(error: unknown): boolean {
  return (
    isApiFault(error) && (error.code === 'network.unreachable' || error.status === 502 || error.status === 503 || error.status === 504)
  );
}

/** The fault in words of the person's language: what happened and what to do. */
export function faultText(error: unknown): string {
  if (!isApiFault(error)) return say({ zh: '页面出现错误，请刷新后重试', en: 'This page failed; refresh and try again' });
  const words = findFault(error.code)?.text ?? localFaults[error.code as keyof typeof localFaults];
  if (!words) return error.request ? `${error.code} (${t('say.quote_request', { request: error.request })})` : error.code;
  return fillPlaces(say(words), placesOf(error));
}

function placesOf(error: ApiFault): Record<string, string | number> {
  const { details } = error;
  const kind = typeof details.kind === 'string' ? details.kind : '';
  const out: Record<string, string | number> = { request: error.request ?? '' };
  for (const [name, value] of Object.entries(details)) {
    const state = name === 'state' && typeof value === 'string' ? findState(kind, value) : undefined;
    const title = (name === 'action' || name === 'permission') && typeof value === 'string' ? actionTitle(kind, value) : undefined;
    out[name] = state ? say(state) : (title ?? plain(value));
  }
  return out;
}

function actionTitle(kind: string, name: string): string | undefined {
  const title = findTitle(name.includes('.') ? name : `${kind}.${name}`);
  return title ? say(title) : undefined;
}

function plain(value: unknown): string | number {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plain).join(t('say.join'));
  if (typeof value === 'object' && value !== null) {
    const named = value as { zh?: unknown; en?: unknown; name?: unknown };
    const words = named[getLang()] ?? named.name;
    if (typeof words === 'string') return words;
  }
  return '—';
}
