import { Button } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { call } from '../api.ts';
import { clockText, useNow } from '../clock.tsx';
import { SchemaForm } from '../form/schema-form.tsx';
import { toast } from '../parts/toast.tsx';
import { queryClient } from '../query-client.ts';
import { findContract } from '../registry.ts';
import { useMe } from '../session.ts';
import { useNamed } from '../use-api.ts';
import { say, t } from '../words/words.ts';

type Line = {
  id: string;
  fromName: string;
  toName: string;
  fromAt: string;
  toAt: string;
  reason: string;
  inForce: boolean;
  revokedAt: string | null;
};
type Answer = { given: Line[]; received: Line[] };

/** Who stands in for me, and for whom I stand in. The module `org` keeps it; where it is missing, nothing is shown. */
export function Delegations() {
  const contract = findContract('org.delegate');
  const found = useNamed<Answer>('org.delegations', {}, { enabled: contract !== undefined });
  const [open, setOpen] = useState(false);
  if (!contract || !(contract.input instanceof z.ZodObject)) return null;
  const { given = [], received = [] } = found.data ?? {};
  return (
    <section className="card me-card">
      <h2>{t('me.delegation')}</h2>
      <p className="quiet">{t('me.delegation_help')}</p>
      {found.data && given.length + received.length === 0 && <p>{t('me.delegation_none')}</p>}
      <ul>
        {given.map((line) => (
          <Row key={line.id} line={line} mine />
        ))}
        {received.map((line) => (
          <Row key={line.id} line={line} mine={false} />
        ))}
      </ul>
      {open ? (
        <DelegateForm schema={contract.input} label={say(contract.label)} onClose={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>{say(contract.label)}</Button>
      )}
    </section>
  );
}

const again = () => queryClient.invalidateQueries({ queryKey: ['org.delegations'] });

function DelegateForm({ schema, label, onClose }: { schema: z.ZodObject; label: string; onClose: () => void }) {
  const me = useMe();
  const submit = async (values: Record<string, unknown>) => {
    await call('org.delegate', values);
    await again();
    toast.done(t('me.delegation_done'));
    onClose();
    return true;
  };
  return <SchemaForm schema={schema} draft={`${me.person}.org.delegate`} submitLabel={label} onSubmit={submit} onCancel={onClose} />;
}

function Row({ line, mine }: { line: Line; mine: boolean }) {
  const now = useNow();
  const revoke = async () => {
    try {
      await call('org.delegationRevoke', { id: line.id });
      await again();
      toast.done(t('me.delegation_revoked', { name: line.toName }));
    } catch (error) {
      toast.failed(error);
    }
  };
  const over = line.revokedAt !== null || Date.parse(line.toAt) <= now.getTime();
  return (
    <li>
      <b>{mine ? t('me.delegation_given', { name: line.toName }) : t('me.delegation_received', { name: line.fromName })}</b>
      <span>{t('me.delegation_time', { from: clockText(line.fromAt, now), to: clockText(line.toAt, now) })}</span>
      <span className="quiet">{over ? t('me.delegation_ended') : line.reason}</span>
      {mine && !over && (
        <Button size="small" onClick={() => void revoke()}>
          {say(findContract('org.delegationRevoke')?.label ?? { zh: '收回', en: 'Revoke' })}
        </Button>
      )}
    </li>
  );
}
