import { zhAdmin } from './zh-admin.ts';
import { zhForm } from './zh-form.ts';
import { zhMatter } from './zh-matter.ts';
import { zhShell } from './zh-shell.ts';

export const zh = { ...zhShell, ...zhMatter, ...zhForm, ...zhAdmin } as const;

export type Key = keyof typeof zh;
