import { enAdmin } from './en-admin.ts';
import { enForm } from './en-form.ts';
import { enMatter } from './en-matter.ts';
import { enShell } from './en-shell.ts';
import type { Key } from './zh.ts';

export const en: Record<Key, string> = { ...enShell, ...enMatter, ...enForm, ...enAdmin };
