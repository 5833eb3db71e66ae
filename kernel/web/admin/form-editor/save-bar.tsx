import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { DraftFault } from '../../../form/edit/draft-faults.ts';
import type { Form } from '../../../form/form.ts';
import { publish, save } from '../../../form-contract.ts';
import { call } from '../../api.ts';
import { CallButton } from '../../call-button.tsx';
import { toast } from '../../parts/toast.tsx';
import { queryClient } from '../../query-client.ts';
import { fillPlaces, say, t } from '../../words/words.ts';
import { words } from './editor-words.ts';

type Props = {
  form: Form;
  faults: readonly DraftFault[];
  dirty: boolean;
  /** Something is stored that could be published. */
  stored: boolean;
  undo: (() => void) | undefined;
  onSaved: (form: Form) => void;
  onShow: (key: string) => void;
};

/** How the form stands, and what can be done with it. */
export function SaveBar({ form, faults, dirty, stored, undo, onSaved, onShow }: Props) {
  const navigate = useNavigate();
  const [sending, setSending] = useState(false);
  const unfit = faults.filter((fault) => fault.saving);
  const [first] = faults;

  const keep = async () => {
    const [worst] = unfit;
    if (worst) {
      onShow(worst.at);
      return toast.info(fillPlaces(say(words.notSaving), { n: unfit.length }));
    }
    setSending(true);
    try {
      await call(save, { form });
      onSaved(form);
      toast.done(fillPlaces(say(words.saved), { n: form.version }));
      await Promise.all(['form.list', 'form.get'].map((name) => queryClient.invalidateQueries({ queryKey: [name], refetchType: 'none' })));
    } catch (error) {
      toast.failed(error);
    } finally {
      setSending(false);
    }
  };

  return (
    <div className="edit-bar">
      <span role="status" className="quiet">
        {dirty ? say(words.unsaved) : stored ? say(words.allSaved) : ''}
      </span>
      {first ? (
        <Button type="text" className="answer-wrong" onClick={() => onShow(first.at)}>
          {fillPlaces(say(words.faults), { n: faults.length })}
        </Button>
      ) : (
        <span className="quiet">{say(words.noFaults)}</span>
      )}
      <Button disabled={!undo} onClick={undo}>
        {say(words.undo)}
      </Button>
      <Button type={dirty || !stored ? 'primary' : 'default'} loading={sending} onClick={() => void keep()}>
        {say(words.save)}
      </Button>
      {stored && !dirty && !first && (
        <CallButton
          contract={publish}
          type="primary"
          initial={{ id: form.id, version: form.version }}
          refresh={['form.list', 'form.get']}
          done={t('forms.published_done', { version: form.version })}
          onDone={() => void navigate({ to: '/forms', search: { id: `${form.id}@${form.version}` }, replace: true })}
        />
      )}
    </div>
  );
}
