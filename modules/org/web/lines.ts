import type { LineName } from '#kernel/web/lines.ts';
import { lines } from '../data/lines.ts';

/** The industry lines as forms and records name them. */
export const lineNames: readonly LineName[] = lines.map(({ code, name }) => ({ code, name }));
