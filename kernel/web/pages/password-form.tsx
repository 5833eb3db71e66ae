import { z } from 'zod';
import { ask } from '../../field.ts';
import { session } from '../../session-contract.ts';
import { call } from '../api.ts';
import { SchemaForm } from '../form/schema-form.tsx';
import { toast } from '../parts/toast.tsx';
import { useSessionOptions } from '../session.ts';
import { t } from '../words/words.ts';

const again = z
  .string()
  .min(1)
  .meta(ask('再次输入新口令', 'New password again', { widget: 'password' }));
/** The contract's own fields, and the new password once more against slips of the hand. */
const typed = z.object({ ...session.password.input.shape, again });

export function PasswordForm({ onDone }: { onDone?: () => void }) {
  const policy = useSessionOptions().data?.policy;
  const schema = typed.refine((values) => values.next === values.again, {
    path: ['again'],
    params: { zh: '两次输入的新口令不一致', en: 'The two new passwords differ' },
  });
  const submit = async (values: Record<string, unknown>) => {
    const { old, next } = values as { old: string; next: string };
    await call(session.password, { old, next });
    toast.done(t('password.changed'));
    onDone?.();
    return true;
  };
  return (
    <>
      {policy && <p className="quiet">{t('password.rule', { n: policy.minLength, kinds: policy.kinds })}</p>}
      <SchemaForm schema={schema} submitLabel={t('password.submit')} onSubmit={submit} />
    </>
  );
}
