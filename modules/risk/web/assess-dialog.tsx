import { Alert, Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { chinaDate } from '#kernel/calendar.ts';
import type { MatterRecord } from '#kernel/matter-contract.ts';
import { fillText } from '#kernel/text.ts';
import { faultText } from '#kernel/web/api-fault.ts';
import { useNow } from '#kernel/web/clock.tsx';
import { dropDraft, keepDraft, readDraft } from '#kernel/web/form/draft.ts';
import { ConflictNote } from '#kernel/web/matter/conflict-note.tsx';
import { useSubmitAct } from '#kernel/web/matter/use-submit-act.ts';
import { serverNow } from '#kernel/web/network.ts';
import { useMe } from '#kernel/web/session.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { getLang, say, t } from '#kernel/web/words/words.ts';
import { point } from '../module.ts';
import { type Tree, treeSchema } from '../schema.ts';
import { newTree, type Places, placesOf, toSend } from './drafts.ts';
import { PlacesContext } from './editor-parts.tsx';
import { TreeEditor } from './tree-editor.tsx';
import { words } from './words.ts';
import './risk.css';

type Props = { record: MatterRecord; action: string; onClose: () => void };

/** Hands an assessment in. It starts from what was returned, else from the version in force, else from an empty tree. */
export function AssessDialog({ record, action, onClose }: Props) {
  const returned = treeSchema.safeParse(record.fields.tree);
  // The first assessment has nothing in force before it.
  const asked = !returned.success && record.fields.reason !== 'first';
  const inForce = useApi(point, { id: String(record.fields.riskPoint) }, { enabled: asked });
  const today = chinaDate(useNow());
  if (asked && inForce.isPending) return null;
  const known = returned.success ? returned.data : inForce.data?.tree;
  const name = record.title.slice(record.title.indexOf('：') + 1);
  return <Editor record={record} action={action} onClose={onClose} known={known ?? newTree(name, today)} today={today} />;
}

function Editor({ record, action, onClose, known, today }: Props & { known: Tree; today: string }) {
  const me = useMe();
  const key = `${me.person}.${record.kind}.${action}.${record.id}`;
  const [kept] = useState(() => readDraft(key)?.values.tree as Tree | undefined);
  const [tree, setTree] = useState(kept ?? known);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const done = () => {
    dropDraft(key);
    onClose();
  };
  const { submit, conflict } = useSubmitAct(record, action, done);
  const places: Places = asked ? placesOf(tree) : new Map();
  useEffect(() => {
    if (tree !== known) keepDraft(key, { tree }, new Set(), serverNow());
  }, [key, tree, known]);

  const send = async () => {
    setAsked(true);
    if (placesOf(tree).size > 0) {
      requestAnimationFrame(() => document.querySelector('.risk-dialog .risk-wrong')?.scrollIntoView({ block: 'center' }));
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await submit({ tree: toSend(tree) });
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };

  return (
    <Modal
      open
      onCancel={onClose}
      title={say(words.submit)}
      width={1040}
      className="action-dialog risk-dialog"
      mask={{ closable: false }}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('say.cancel')}
        </Button>,
        <Button key="send" type="primary" loading={busy} onClick={() => void send()}>
          {say(words.submit)}
        </Button>,
      ]}
    >
      <p className="action-subject quiet">{record.title}</p>
      {kept && <Alert type="info" title={say(words.kept)} />}
      {conflict && (
        <ConflictNote record={conflict} action={say(words.submit)} possible={conflict.allowed.some((one) => one.action === action)} />
      )}
      <PlacesContext value={places}>
        <TreeEditor tree={tree} today={today} onChange={setTree} />
      </PlacesContext>
      {places.size > 0 && <Alert type="error" title={fillText(words.faults, { n: places.size }, getLang())} />}
      {failure !== undefined && <Alert type="error" title={faultText(failure)} />}
    </Modal>
  );
}
