import type { FileHandle } from 'node:fs/promises';
import { fault } from '../../fault.ts';
import { provesSizes, readZip } from './zip.ts';

const parts = {
  'word/document.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'xl/workbook.xml': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'ppt/presentation.xml': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
} as const;

/** Macros, and programs that no document needs. */
const active = /(^|\/)vba(project|data)\.(bin|xml)$|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|msi|lnk|class|dex|so)$/i;

/** The Office type of a ZIP container (ISO/IEC 29500-2). @throws fault for other containers, bombs and macros */
export async function checkOffice(file: FileHandle, size: number): Promise<string> {
  const entries = await readZip(file, size);
  const names = new Set(entries.map((entry) => entry.name));
  const types = Object.entries(parts).filter(([part]) => names.has(part));
  const [only] = types;
  if (!names.has('[Content_Types].xml') || only === undefined || types.length > 1) throw fault('files.type', { found: 'application/zip' });
  if (entries.some((entry) => active.test(entry.name))) throw fault('files.active');
  await provesSizes(file, entries);
  return only[1];
}
