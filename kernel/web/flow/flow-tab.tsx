import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { MatterRecord } from '../../matter-contract.ts';
import { type Role, roles } from '../../permission.ts';
import type { AnyWorkflow } from '../../workflow.ts';
import { targetsOf } from '../../workflow-lint.ts';
import { clockText, useNow } from '../clock.tsx';
import { ownerText } from '../matter/owner-text.ts';
import { findWorkflow } from '../registry.ts';
import { kindWord, stateWord } from '../state-tag.tsx';
import { say, t } from '../words/words.ts';
import { FlowDrawing } from './flow-drawing.tsx';
import { layoutFlow } from './flow-graph.ts';
import './flow.css';

/** A character's width in the drawing's 13 px type: a Han character is square, a Latin letter about half of it. */
const measure = (text: string): number => [...text].reduce((width, char) => width + (char.charCodeAt(0) > 0x2e80 ? 13 : 7.2), 0);

/** The workflow as drawn from its declaration: where it stands, who holds it and since when, what may follow. */
export function FlowTab({ record }: { record: MatterRecord }) {
  const workflow = findWorkflow(record.kind);
  return workflow ? <Flow workflow={workflow} record={record} /> : null;
}

function Flow({ workflow, record }: { workflow: AnyWorkflow; record: MatterRecord }) {
  const { holder, width } = useWidth();
  const both = useMemo(() => {
    const action = (name: string) => say((workflow.actions[name] ?? workflow.starts[name])?.label ?? { zh: name, en: name });
    const words = { state: (name: string) => stateWord(workflow.kind, name), action, measure };
    return { wide: layoutFlow(workflow, words, 'LR'), tall: layoutFlow(workflow, words, 'TB') };
  }, [workflow]);
  // Left to right where the letters stay legible; else whichever direction is shrunk less.
  const graph = width / both.wide.width >= Math.min(0.86, width / both.tall.width) ? both.wide : both.tall;
  return (
    <div className="flow" ref={holder}>
      <FlowDrawing graph={graph} workflow={workflow} record={record} />
      <p className="flow-key quiet">
        <span className="flow-swatch is-now" /> {t('flow.now')}
        <span className="flow-swatch is-done" /> {t('flow.done')}
        <span className="flow-swatch is-next" /> {t('flow.next')}
      </p>
      <Signers record={record} />
      <h2>{t('flow.may')}</h2>
      <MayFollow workflow={workflow} record={record} />
      <p className="visually-hidden">{t('flow.label', { kind: kindWord(record.kind), state: stateWord(record.kind, record.state) })}</p>
      <p className="visually-hidden">{t('flow.held', { owner: ownerText(record.owner) })}</p>
    </div>
  );
}

function useWidth() {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(1000);
  useLayoutEffect(() => {
    if (!holder.current) return;
    setWidth(holder.current.clientWidth);
    const watch = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    watch.observe(holder.current);
    return () => watch.disconnect();
  }, []);
  return { holder, width };
}

function Signers({ record }: { record: MatterRecord }) {
  const now = useNow();
  const { signRule, signers, asked } = record.flow;
  return (
    <>
      {signRule && (
        <>
          <h2>{t('flow.signers')}</h2>
          <p className="quiet">{t(`flow.rule_${signRule}`)}</p>
          <ul className="flow-signers">
            {signers.map((signer) => (
              <li key={signer.person} className={signer.signedAt ? 'is-done' : ''}>
                {signer.signedAt ? '✓ ' : '○ '}
                {signer.name}
                <span className="quiet">
                  {' '}
                  {signer.signedAt
                    ? t('flow.signed_at', { at: clockText(signer.signedAt, now) })
                    : t(signer.turn ? 'flow.turn' : 'flow.waiting')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {asked.length > 0 && (
        <>
          <h2>{t('flow.asked')}</h2>
          <ul className="flow-signers">
            {asked.map((one) => (
              <li key={one.person}>
                {one.name} <span className="quiet">{t('flow.since', { at: clockText(one.at, now) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Every action out of the present state, where it leads and who may do it: the drawing in words. */
function MayFollow({ workflow, record }: { workflow: AnyWorkflow; record: MatterRecord }) {
  const next = Object.entries(workflow.actions).filter(([, action]) => action.from.includes(record.state));
  if (next.length === 0) return <p>{t('flow.may_none')}</p>;
  return (
    <ul className="flow-next">
      {next.map(([name, action]) => (
        <li key={name}>
          {say(action.label)}
          {action.to !== '=' &&
            ` → ${targetsOf(workflow, name, record.state)
              .map((state) => stateWord(record.kind, state))
              .join(t('say.join'))}`}
          <span className="quiet"> {action.by.map((role: Role) => say(roles[role])).join(t('say.join'))}</span>
        </li>
      ))}
    </ul>
  );
}
