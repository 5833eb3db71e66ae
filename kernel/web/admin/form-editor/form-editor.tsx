import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { type DraftFault, draftFaults } from '../../../form/edit/draft-faults.ts';
import * as edit from '../../../form/edit/edit-form.ts';
import { type Form, itemsOf } from '../../../form/form.ts';
import { pick } from '../../../text.ts';
import { usePhone } from '../../look.ts';
import { Tabs } from '../../parts/tabs.tsx';
import { fillPlaces, getLang, say } from '../../words/words.ts';
import { FormTry } from '../form-try.tsx';
import { useEditing } from './editing.ts';
import { EditorHead } from './editor-head.tsx';
import { words } from './editor-words.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { SaveBar } from './save-bar.tsx';
import { SectionEditor } from './section-editor.tsx';
import '../../answering/answering.css';
import './editor.css';

type Props = {
  initial: Form;
  /** The draft as it is stored; null before the first save. */
  stored: Form | null;
  /** The newest published version; null when there is none. */
  previous: Form | null;
  /** Ids a new form cannot have. */
  ids: readonly string[];
};

const formPattern = /^[a-z][a-z0-9-]{1,59}$/;

function idFaults(form: Form, fresh: boolean, ids: readonly string[]): DraftFault[] {
  const at = form.id;
  if (fresh && form.id !== '' && !formPattern.test(form.id)) return [{ at, words: words.idHelp, details: {}, saving: true }];
  return fresh && ids.includes(form.id) ? [{ at, words: words.idTaken, details: {}, saving: true }] : [];
}

/** Draws up a form: the parts on the left, how it will be filled in on the right; on a phone one after the other. */
export function FormEditor({ initial, stored, previous, ids }: Props) {
  const { form, editing, grow, undo, dirty, saved, setSaved } = useEditing(initial, stored);
  const fresh = saved === null && previous === null;
  const faults = useMemo(() => [...idFaults(form, fresh, ids), ...draftFaults(form, previous)], [form, fresh, ids, previous]);
  const tried = useDeferredValue(form);
  const phone = usePhone();

  const show = (key: string) => {
    if (itemsOf(form).some((item) => item.key === key)) editing.setOpen(key);
    requestAnimationFrame(() =>
      (document.getElementById(`edit-${key}`) ?? document.querySelector('.edit'))?.scrollIntoView({ block: 'start' }),
    );
  };

  const draw = (
    <div className="edit-parts">
      <EditorHead form={form} fresh={fresh} faults={faults.filter((fault) => fault.at === form.id)} change={editing.change} />
      {form.sections.map((section, i) => (
        <SectionEditor
          key={section.key}
          section={section}
          number={i + 1}
          earlier={form.sections.slice(0, i).flatMap((one) => one.items)}
          faults={faults}
          only={form.sections.length === 1}
          editing={editing}
          grow={grow}
        />
      ))}
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => editing.change(edit.addSection)}>
        {say(words.addSection)}
      </Button>
    </div>
  );
  const tryout = <FormTry form={tried} />;
  return (
    <div className="page edit">
      <LeaveGuard dirty={dirty} />
      <header className="page-head edit-head">
        <h1 className="page-title">{pick(form.title, getLang()) || say(words.new)}</h1>
        <span className="tag">{fillPlaces(say(words.versionNow), { n: form.version })}</span>
        <SaveBar form={form} faults={faults} dirty={dirty} stored={saved !== null} undo={undo} onSaved={setSaved} onShow={show} />
      </header>
      {phone ? (
        <Tabs
          label={say(words.drawing)}
          tabs={[
            { key: 'draw', label: say(words.drawTab), content: draw },
            { key: 'try', label: say(words.tryout), content: tryout },
          ]}
        />
      ) : (
        <div className="edit-columns">
          {draw}
          <aside className="edit-try" aria-label={say(words.tryout)}>
            <h2>{say(words.tryout)}</h2>
            {tryout}
          </aside>
        </div>
      )}
    </div>
  );
}
