import { useState } from 'react';
import { keysOf } from '../../../form/edit/keys.ts';
import { type Form, itemsOf } from '../../../form/form.ts';
import { canonicalJson } from '../../../hash.ts';

export type Change = (step: (form: Form) => Form) => void;

/** What every part of the editor needs: to change the form, which item is open, which keys are taken. */
export type Editing = {
  change: Change;
  open: string | undefined;
  setOpen: (key: string | undefined) => void;
  keys: ReadonlySet<string>;
};

const mostSteps = 100;

/** A form while it is drawn up, with the steps back. */
export function useEditing(initial: Form, stored: Form | null) {
  const [{ form, before }, setState] = useState<{ form: Form; before: readonly Form[] }>({ form: initial, before: [] });
  const [saved, setSaved] = useState<Form | null>(stored);
  const [open, setOpen] = useState<string>();

  const change: Change = (step) =>
    setState((state) => {
      const next = step(state.form);
      return next === state.form ? state : { form: next, before: [...state.before.slice(-mostSteps), state.form] };
    });
  const undo = () =>
    setState((state) => {
      const last = state.before.at(-1);
      return last ? { form: last, before: state.before.slice(0, -1) } : state;
    });
  /** Adds something and opens what is new. */
  const grow: Change = (step) => {
    const next = step(form);
    const had = keysOf(form);
    change(() => next);
    setOpen(itemsOf(next).find((item) => !had.has(item.key))?.key ?? open);
  };

  const untouched = saved ?? initial;
  const dirty = form !== untouched && canonicalJson(form) !== canonicalJson(untouched);
  const editing: Editing = { change, open, setOpen, keys: keysOf(form) };
  return { form, editing, grow, undo: before.length > 0 ? undo : undefined, dirty, saved, setSaved };
}
