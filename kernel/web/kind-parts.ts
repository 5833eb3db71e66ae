import type { ComponentType } from 'react';
import type { MatterRecord } from '../matter-contract.ts';

/** Hand-made parts of one kind of matter, where the generic page is not enough. Lazy: none of it is loaded with the shell. */
export type KindParts = {
  /** Instead of the form made from the schema, by action. */
  forms?: Readonly<Record<string, ComponentType<{ record: MatterRecord; action: string; onClose: () => void }>>>;
  /** Above the fields of the form that starts it; reads and fills them through the form it stands in (`Form.useFormInstance`). */
  aids?: Readonly<Record<string, ComponentType>>;
  /** Below the fields in the details. */
  details?: ComponentType<{ record: MatterRecord }>;
};

let parts: Readonly<Record<string, KindParts>> = {};

export function setKindParts(known: Readonly<Record<string, KindParts>>): void {
  parts = known;
}

export const findForm = (kind: string, action: string) => parts[kind]?.forms?.[action];
export const findAid = (kind: string, start: string) => parts[kind]?.aids?.[start];
export const findDetails = (kind: string) => parts[kind]?.details;
