import { Alert, Modal } from 'antd';
import { useRef } from 'react';
import { z } from 'zod';
import type { ActionContract } from '../contract.ts';
import { newId } from '../id.ts';
import { call } from './api.ts';
import { isPassing } from './api-fault.ts';
import { SchemaForm } from './form/schema-form.tsx';
import { toast } from './parts/toast.tsx';
import { useMe } from './session.ts';
import { getLang, say, t } from './words/words.ts';
import './styles/dialog.css';

type Props<O> = {
  contract: ActionContract;
  /** Known facts, hidden ids among them. */
  initial?: Record<string, unknown>;
  title?: string;
  /** A narrower schema of the same input, e.g. with the choices that are known only at run time. */
  schema?: z.ZodObject;
  /** Under what name unfinished input is kept; without it nothing is kept. */
  draft?: string;
  onClose: () => void;
  /** Called when it is done; answers what to tell the person: what happened, and what comes next. */
  onDone: (output: O) => string | undefined | Promise<string | undefined>;
};

/** The form of one declared action (a create or an edit) in a dialog. Sent again with the same id while the line fails. */
export function CallDialog<O>({ contract, initial, title, schema: narrower, draft, onClose, onDone }: Props<O>) {
  const me = useMe();
  const request = useRef(newId());
  const schema = narrower ?? (contract.input instanceof z.ZodObject ? contract.input : z.object({}));
  const label = say(contract.label);

  const submit = async (values: Record<string, unknown>): Promise<boolean> => {
    try {
      const output = await call(contract, values, request.current);
      const words = await onDone(output as O);
      if (words) toast.done(words);
      onClose();
      return true;
    } catch (error) {
      if (!isPassing(error)) request.current = newId();
      throw error;
    }
  };

  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={title ?? label}
      width={680}
      className="action-dialog"
      mask={{ closable: false }}
      destroyOnHidden
    >
      {contract.because && (
        <p className="quiet">{t('record.because', { laws: contract.because.join(getLang() === 'zh' ? '、' : ', ') })}</p>
      )}
      {contract.danger && <Alert type="warning" title={t('record.danger')} />}
      <SchemaForm
        schema={schema}
        {...(initial ? { initial } : {})}
        {...(draft ? { draft: `${me.person}.${draft}` } : {})}
        submitLabel={label}
        danger={contract.danger === true}
        onSubmit={submit}
        onCancel={onClose}
      />
    </Modal>
  );
}
