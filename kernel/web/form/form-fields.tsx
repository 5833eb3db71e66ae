import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { say, t } from '../words/words.ts';
import { FieldInput } from './field-input.tsx';
import { type Field, startsOf } from './fields.ts';

type Path = (string | number)[];

/** The fields of a form or of one row of a list, in declared order. `within` is the path of antd Form above them. */
export function FormFields({ fields, within = [] }: { fields: readonly Field[]; within?: Path }) {
  return fields.map((field) => <OneField key={field.name} field={field} within={within} />);
}

function OneField({ field, within }: { field: Field; within: Path }) {
  if (field.look === 'reference') return null;
  if (field.look === 'list') return <ListField field={field} within={within} />;
  if (field.look === 'group') {
    return (
      <fieldset className="form-group">
        <legend>{say(field.label)}</legend>
        <FormFields fields={field.fields ?? []} within={[...within, field.name]} />
      </fieldset>
    );
  }
  return (
    <Form.Item
      name={[...within, field.name]}
      label={say(field.label)}
      required={field.required}
      {...(field.help ? { extra: say(field.help) } : {})}
    >
      <FieldInput field={field} />
    </Form.Item>
  );
}

function ListField({ field, within }: { field: Field; within: Path }) {
  return (
    <fieldset className="form-group">
      <legend>{say(field.label)}</legend>
      <Form.List name={[...within, field.name]}>
        {(rows, { add, remove }) => (
          <>
            {rows.map((row, i) => (
              <section key={row.key} className="form-row" aria-label={t('form.item', { n: i + 1 })}>
                <FormFields fields={field.fields ?? []} within={[row.name]} />
                <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(row.name)}>
                  {t('form.remove', { n: i + 1 })}
                </Button>
              </section>
            ))}
            <Button
              icon={<PlusOutlined />}
              onClick={() => add(startsOf(field.fields ?? []))}
              disabled={rows.length >= (field.limits.maxItems ?? 200)}
            >
              {t('form.add')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
