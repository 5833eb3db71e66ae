import type { Taken } from '../../file-contract.ts';
import { faultText, isApiFault } from '../api-fault.ts';
import { serverNow } from '../network.ts';
import { locateSoon } from './locate.ts';
import { shrinkImage } from './shrink-image.ts';
import { upload } from './upload.ts';

/** A file on its way: kept until it has arrived, so that a failed one can be sent again without choosing it anew. */
export type Shelved = {
  key: string;
  name: string;
  url: string | undefined;
  percent: number;
  failed: string | undefined;
  file: File;
  /** Sent as it is: a drawing is small already, and JPEG would blur its lines. */
  asIs: boolean;
  /** Found out when the photo was taken, not when it is sent again. */
  taken: Promise<Taken>;
};

export type Source = Taken['source'];

const newKey = () => crypto.randomUUID();

export function shelve(file: File, source: Source, asIs = false): Shelved {
  const url = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
  return { key: newKey(), name: file.name, url, percent: 0, failed: undefined, file, asIs, taken: takenOf(file, source) };
}

async function takenOf(file: File, source: Source): Promise<Taken> {
  if (source !== 'camera') return { deviceTime: new Date(file.lastModified).toISOString(), source };
  const deviceTime = serverNow().toISOString();
  const gps = await locateSoon();
  return { deviceTime, source, ...(gps ? { gps } : {}) };
}

/** Makes a photo small, says when, where and how it was taken, and sends it. Answers the file's id, or the words of what failed. */
export async function sendShelved(one: Shelved, onPercent: (percent: number) => void): Promise<{ id: string } | { failed: string }> {
  const small = !one.asIs && one.file.type.startsWith('image/') ? await findSmaller(one.file) : undefined;
  try {
    const name = small ? `${one.name.replace(/\.[^.]*$/, '')}.jpg` : one.name;
    const { id } = await upload(small ?? one.file, name, await one.taken, onPercent);
    return { id };
  } catch (error) {
    if (!isApiFault(error)) throw error;
    return { failed: faultText(error) };
  }
}

/** A picture the browser cannot draw (HEIC in most of them) goes as it is: the server draws it anew, or says what is wrong. */
async function findSmaller(file: File): Promise<Blob | undefined> {
  try {
    return await shrinkImage(file);
  } catch {
    return undefined;
  }
}
