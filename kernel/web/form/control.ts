import { createContext } from 'react';
import type { Field } from './fields.ts';

/** What a form knows beside its schema: the kind it belongs to, and the steps one may choose. */
export type FormFacts = { kind?: string; steps?: readonly { value: string; label: string }[] };
export const FormFactsContext = createContext<FormFacts>({});

/**
 * One input of a form. `onChange` is a method so that a control of strings can stand in the table of all controls; antd Form
 * gives each the value its field holds.
 */
export type Control<V> = { field: Field; id: string; value: V | undefined; onChange(value: V | undefined): void };
