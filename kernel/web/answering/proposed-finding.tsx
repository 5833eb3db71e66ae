import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { OutputOf } from '../../contract.ts';
import type { answer } from '../../form-contract.ts';
import { pick } from '../../text.ts';
import { findWorkflow } from '../registry.ts';
import { mayUse, useMe } from '../session.ts';
import { fillPlaces, getLang, say } from '../words/words.ts';
import { words } from './answering-words.ts';

type Props = OutputOf<typeof answer>['findings'][number];

/** Where hidden dangers are reported, if the system has that module and the person may. */
const hazard = { kind: 'inspection.hazard', start: 'report' } as const;

/** One hidden danger that the answers propose. Reporting it stays the person's own act, with the words, grade and photos filled in. */
export function ProposedFinding({ label, finding, photos, note }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const lang = getLang();
  const reporting = findWorkflow(hazard.kind)?.starts[hazard.start];
  const text = pick(finding.text, lang);
  const report = () =>
    void navigate({
      to: '/new/$kind/$start',
      params: hazard,
      search: {
        description: note === '' ? text : `${text}${lang === 'zh' ? '：' : ': '}${note}`,
        grade: finding.grade,
        ...(photos.length > 0 ? { photos } : {}),
      },
    });
  return (
    <li>
      <b>{text}</b>
      <span className="quiet">
        {[
          say(words[finding.grade]),
          finding.clause,
          pick(label, lang),
          note,
          photos.length > 0 ? fillPlaces(say(words.photosKept), { n: photos.length }) : '',
        ]
          .filter((part) => part !== undefined && part !== '')
          .join(' · ')}
      </span>
      {reporting && mayUse(me, reporting.by) && (
        <Button type="primary" onClick={report}>
          {say(words.report)}
        </Button>
      )}
    </li>
  );
}
