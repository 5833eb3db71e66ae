import type { MatterLine } from '../../matter-contract.ts';
import { fold } from '../../text.ts';
import { menuFor } from '../menu.ts';
import { kindSlug } from '../search-params.ts';
import type { Me } from '../session.ts';
import { kindWord, stateWord } from '../state-tag.tsx';
import { say } from '../words/words.ts';
import { startLinks } from './start-links.ts';

export type PaletteRow = { key: string; group: 'records' | 'actions' | 'pages'; title: string; under: string; to: string };

/** Actions and pages whose words contain what was typed; all of them while nothing is typed. */
export function ownRows(me: Me, text: string): PaletteRow[] {
  const wanted = fold(text.trim());
  const starts = startLinks(me).map(
    (link): PaletteRow => ({
      key: `${link.kind}.${link.start}`,
      group: 'actions',
      title: link.label,
      under: link.under,
      to: `/new/${kindSlug(link.kind)}/${link.start}`,
    }),
  );
  const pages = menuFor(me).map(
    (entry): PaletteRow => ({ key: entry.to, group: 'pages', title: say(entry.title), under: '', to: entry.to }),
  );
  return [...starts, ...pages].filter((row) => fold(`${row.title} ${row.under}`).includes(wanted));
}

export function recordRows(lines: readonly MatterLine[]): PaletteRow[] {
  return lines.map((line) => ({
    key: line.id,
    group: 'records',
    title: line.title,
    under: [line.code, kindWord(line.kind), stateWord(line.kind, line.state), line.orgName].filter(Boolean).join(' · '),
    to: `/m/${kindSlug(line.kind)}/${line.id}`,
  }));
}
