import type { CodeBook } from '../sheet/code-book.ts';
import type { Tx } from './db/pool.ts';
import { defineProvider } from './providers.ts';

/** What cells of imported sheets may refer to. The module `org` provides it. */
export const codeBook = defineProvider<(tx: Tx) => Promise<CodeBook>>('code-book');
