import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useRef } from 'react';
import { newId } from '#kernel/id.ts';
import { act } from '#kernel/web/api.ts';
import { isPassing } from '#kernel/web/api-fault.ts';
import { SchemaForm } from '#kernel/web/form/schema-form.tsx';
import { refreshMatters } from '#kernel/web/matter/use-submit-act.ts';
import { toast } from '#kernel/web/parts/toast.tsx';
import { say } from '#kernel/web/words/words.ts';
import { assessment } from '../assessment.workflow.ts';
import { words } from './words.ts';

type Props = { riskPoint: string; site?: string; name?: string; onClose: () => void };

/** Opens an assessment and goes on to it: there the dangers and measures are filled in. */
export function OpenDialog({ riskPoint, site, name, onClose }: Props) {
  const navigate = useNavigate();
  const request = useRef(newId());
  const id = useRef(newId());
  const start = assessment.starts.open;
  const submit = async (values: Record<string, unknown>): Promise<boolean> => {
    try {
      await act(assessment.kind, 'open', { id: id.current, input: { ...values, riskPoint }, request: request.current });
    } catch (error) {
      if (!isPassing(error)) request.current = newId();
      throw error;
    }
    refreshMatters();
    toast.done(say(words.opened));
    onClose();
    void navigate({ to: '/m/$kind/$id', params: { kind: assessment.kind, id: id.current } });
    return true;
  };
  return (
    <Modal open onCancel={onClose} footer={null} title={say(start.label)} width={680} className="action-dialog" mask={{ closable: false }}>
      <SchemaForm
        schema={start.input}
        initial={{ riskPoint, ...(site ? { site } : {}), ...(name ? { name, reason: 'periodic' } : { reason: 'first' }) }}
        submitLabel={say(start.label)}
        onSubmit={submit}
        onCancel={onClose}
      />
    </Modal>
  );
}
