import 'zod';
import type { Text } from './text.ts';

/** How a field is asked for and shown. Widgets beyond the schema's own type name what the value refers to. */
export type Widget =
  | 'textarea'
  | 'person'
  | 'people'
  | 'unit'
  | 'area'
  | 'site'
  | 'photos'
  | 'files'
  | 'place'
  | 'step'
  | 'line'
  | 'level'
  | 'password'
  | 'percent';

declare module 'zod' {
  interface GlobalMeta {
    label?: Text;
    help?: Text;
    unit?: Text;
    widget?: Widget;
    /** The words for the values of an enum or literal. */
    options?: Record<string, Text>;
    /** Personal data: masked in lists, its reading in clear is written in the ledger (个人信息保护法). */
    personal?: true;
    hidden?: true;
  }
}

/** Shorthand for `.meta()`: `z.string().meta(ask('整改措施', 'Measures', { widget: 'textarea' }))` */
export function ask<
  M extends { help?: Text; unit?: Text; widget?: Widget; options?: Record<string, Text>; personal?: true; hidden?: true },
>(zh: string, en: string, more?: M) {
  return { label: { zh, en }, ...more } as { label: Text } & M;
}
