import { type Form, itemsOf } from '../../form/form.ts';
import { formFaults } from '../../form/form-faults.ts';
import { diffForms, publishFaults } from '../../form/version.ts';
import { get } from '../../form-contract.ts';
import { fillText, pick } from '../../text.ts';
import { Bones, Failed } from '../page-state.tsx';
import { useApi } from '../use-api.ts';
import { getLang, say, t } from '../words/words.ts';
import { fieldWords, words } from './form-words.ts';

const fieldWord = (field: string): string => (Object.hasOwn(fieldWords, field) && fieldWords[field] ? say(fieldWords[field]) : field);

/** The words of an item or a section, by its key, in the newer form or else in the older. */
function namesOf(...forms: Form[]): (key: string) => string {
  const names = new Map<string, string>();
  for (const form of forms.toReversed()) {
    for (const section of form.sections) names.set(section.key, pick(section.title, getLang()));
    for (const item of itemsOf(form)) names.set(item.key, pick(item.label, getLang()));
  }
  return (key) => names.get(key) ?? key;
}

/** What the version before it said otherwise. */
export function FormChanges({ form }: { form: Form }) {
  const before = useApi(get, { id: form.id, version: form.version - 1 }, { enabled: form.version > 1, staleTime: 300_000 });
  if (form.version === 1) return <p className="quiet">{say(words.first)}</p>;
  if (before.data === undefined) {
    return before.error ? <Failed error={before.error} retry={() => void before.refetch()} /> : <Bones rows={2} />;
  }
  return <Difference before={before.data.form} after={form} />;
}

function Difference({ before, after }: { before: Form; after: Form }) {
  const diff = diffForms(before, after);
  const name = namesOf(after, before);
  const groups = [
    { title: words.added, rows: diff.added.map(name) },
    { title: words.removed, rows: diff.removed.map(name) },
    { title: words.changed, rows: diff.changed.map(({ key, fields }) => `${name(key)}：${fields.map(fieldWord).join(t('say.join'))}`) },
    { title: words.moved, rows: diff.moved.map(name) },
    { title: words.sections, rows: diff.sections.map(name) },
  ].filter((group) => group.rows.length > 0);
  if (groups.length === 0 && !diff.title) return <p className="quiet">{say(words.same)}</p>;
  return (
    <>
      {diff.title && <p>{say(words.title)}</p>}
      {groups.map((group) => (
        <section key={group.title.en}>
          <h3>
            {say(group.title)} {group.rows.length}
          </h3>
          <ul className="book-rows">
            {group.rows.map((row) => (
              <li key={row}>{row}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** What stands in the way of publishing a draft; nothing where nothing does. */
export function FormFaults({ form }: { form: Form }) {
  const before = useApi(get, { id: form.id, version: form.version - 1 }, { enabled: form.version > 1, staleTime: 300_000 });
  if (form.version > 1 && before.data === undefined) return null;
  const faults = publishFaults(form, before.data?.form ?? null);
  const name = namesOf(form);
  if (faults.length === 0) return null;
  return (
    <div role="alert">
      <h3>{fillText(words.faults, { n: faults.length }, getLang())}</h3>
      <ul className="book-rows">
        {faults.map((fault) => (
          <li key={`${fault.at} ${fault.code} ${JSON.stringify(fault.details)}`}>
            <b>{name(fault.at)}</b> {fillText(formFaults[fault.code].text, fault.details, getLang())}
          </li>
        ))}
      </ul>
    </div>
  );
}
