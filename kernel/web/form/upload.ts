import type { StoredFile, Taken } from '../../file-contract.ts';
import { faultOf } from '../api.ts';
import { ApiFault } from '../api-fault.ts';
import { lost, whileSending } from '../network.ts';

/** Sends one file. XMLHttpRequest, because fetch tells nothing of how far an upload has come. `onPercent` gets 0 to 100. */
export function upload(file: Blob, name: string, taken: Taken, onPercent: (percent: number) => void): Promise<StoredFile> {
  const form = new FormData();
  form.append('taken', JSON.stringify(taken));
  form.append('file', file, name);
  return whileSending(
    () =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', '/api/files');
        request.timeout = 120_000;
        request.upload.onprogress = (event) => {
          if (event.lengthComputable) onPercent(Math.floor((event.loaded / event.total) * 100));
        };
        const away = () => {
          lost();
          reject(new ApiFault('network.unreachable', {}, undefined, 0));
        };
        request.onerror = away;
        request.ontimeout = away;
        request.onload = () => {
          const body = parse(request.responseText);
          if (request.status >= 200 && request.status < 300) resolve(body as StoredFile);
          else reject(faultOf(body, request.status));
        };
        request.send(form);
      }),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
