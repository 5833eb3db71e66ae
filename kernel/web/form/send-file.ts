import { createContext } from 'react';
import { type Shelved, sendShelved } from './photo-shelf.ts';

type Send = (one: Shelved, onPercent: (percent: number) => void) => Promise<{ id: string } | { failed: string }>;

/** Where the files of a form go: to the server, unless the form is only tried out. */
export const SendFileContext = createContext<Send>(sendShelved);

/** For trying a form out: the picture stays in this page and its own address is its id. */
export const keepHere: Send = async ({ file }) => ({ id: URL.createObjectURL(file) });

/** Where a picture is shown from, by the id that `Send` gave. */
export function pictureAddress(id: string, size: 'full' | 'thumb' = 'full'): string {
  if (id.startsWith('blob:')) return id;
  return size === 'thumb' ? `/api/files/${id}/thumb` : `/api/files/${id}`;
}
