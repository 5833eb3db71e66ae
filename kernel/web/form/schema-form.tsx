import { Button, Form } from 'antd';
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import { t } from '../words/words.ts';
import { type FormFacts, FormFactsContext } from './control.ts';
import { fieldsOf, startsOf } from './fields.ts';
import { FormFields } from './form-fields.tsx';
import { type Bad, badOf, badOfFault, cleaned } from './issues.ts';
import { PendingContext } from './pending.tsx';
import { Restored } from './restored.tsx';
import { Trouble } from './trouble.tsx';
import { useDraft } from './use-draft.ts';
import './schema-form.css';

type Values = Record<string, unknown>;
type Props = {
  schema: z.ZodObject;
  /** Known facts, filled in. Hidden fields of the schema travel along unseen. */
  initial?: Values;
  facts?: FormFacts;
  /** Where unfinished input is kept on this device; without it nothing is kept. */
  draft?: string;
  submitLabel: string;
  danger?: boolean;
  /** True when it is done; false keeps what was typed. What it throws is shown here, a refused input beside its fields. */
  onSubmit: (values: Values) => Promise<boolean>;
  /** Nothing can be submitted any more; what was typed stays readable. */
  blocked?: boolean;
  onCancel?: () => void;
  /** Shown above the fields. */
  aid?: ReactNode;
  /** Shown between the fields and the buttons. */
  children?: ReactNode;
};

/** A form drawn from a schema. One check on submit by the schema itself, so that browser and server never disagree. */
export function SchemaForm({
  schema,
  initial,
  facts = {},
  draft: draftKey,
  submitLabel,
  danger,
  onSubmit,
  onCancel,
  blocked,
  aid,
  children,
}: Props) {
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const [form] = Form.useForm<Values>();
  const draft = useDraft(draftKey, fields);
  const [bad, setBad] = useState<Bad[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const [sending, setSending] = useState(false);
  const pending = useRef(new Set<string>());
  const tell = useCallback((field: string, busy: boolean) => {
    if (busy) pending.current.add(field);
    else pending.current.delete(field);
  }, []);
  const id = useId();

  const refuse = (found: Bad[]) => {
    setBad(found);
    form.setFields(found.filter((one) => one.path.length > 0).map((one) => ({ name: one.path, errors: [one.words] })));
  };

  useEffect(() => {
    if (bad.length > 0 || failure !== undefined) document.getElementById(`${id}-bad`)?.scrollIntoView({ block: 'start' });
  }, [bad, failure, id]);

  const submit = async () => {
    if (pending.current.size > 0) return refuse([{ path: [], label: '', words: t('photo.waiting') }]);
    const values = cleaned({ ...initial, ...form.getFieldsValue(true) }) as Values;
    const parsed = schema.safeParse(values);
    setFailure(undefined);
    if (!parsed.success) return refuse(badOf(parsed.error, fields, values));
    setBad([]);
    setSending(true);
    try {
      if (await onSubmit(values)) draft.drop();
    } catch (error) {
      const said = badOfFault(error, fields, values);
      if (said.length > 0) refuse(said);
      else setFailure(error);
    } finally {
      setSending(false);
    }
  };

  const restart = () => {
    draft.drop();
    const empty = Object.fromEntries(fields.map((field) => [field.name, undefined]));
    form.setFieldsValue({ ...empty, ...startsOf(fields), ...initial });
  };

  return (
    <FormFactsContext value={facts}>
      <PendingContext value={tell}>
        <Form
          form={form}
          name={id}
          layout="vertical"
          className="schema-form"
          initialValues={{ ...startsOf(fields), ...initial, ...draft.restored?.values }}
          onValuesChange={(_, all) => draft.keep(all)}
          onFinish={() => void submit()}
          disabled={sending}
        >
          {draft.restored && <Restored at={draft.restored.at} onClear={restart} />}
          <div id={`${id}-bad`} className="form-trouble" role="alert">
            <Trouble bad={bad} failure={failure} onGo={(path) => document.getElementById(`${id}_${path.join('_')}`)?.focus()} />
          </div>
          {aid}
          <FormFields fields={fields} />
          {children}
          <div className="form-buttons">
            {!blocked && (
              <Button type="primary" htmlType="submit" danger={danger === true} loading={sending} disabled={false}>
                {submitLabel}
              </Button>
            )}
            {onCancel && <Button onClick={onCancel}>{t('say.cancel')}</Button>}
            {draftKey !== undefined && <span className="quiet form-kept">{t('form.draft_kept')}</span>}
          </div>
        </Form>
      </PendingContext>
    </FormFactsContext>
  );
}
