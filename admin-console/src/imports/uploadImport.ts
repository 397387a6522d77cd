import { headersOf } from '../api/send.js';
import { httpErrorOf } from '../api/problem.js';
import { sessionRenewed } from '../api/session.js';
import type { ImportRun } from './importTypes.js';

interface Upload {
  file: File;
  mapping: string;
  idempotencyKey: string;
  /** Share of the file that has left, 0 to 1. */
  onProgress: (share: number) => void;
}

/** Sends a file of any size as it is; the browser reads it piece by piece. Answers the import when its booking has begun. */
export function uploadImport(upload: Upload): Promise<ImportRun> {
  const { file, mapping, idempotencyKey, onProgress } = upload;
  const path = `/api/ledger/imports?${new URLSearchParams({ mapping, fileName: file.name })}`;
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open('POST', path);
    const headers = { ...headersOf('POST', { idempotencyKey }), 'Content-Type': 'text/csv' };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total));
    request.addEventListener('error', () => reject(new TypeError('upload')));
    request.addEventListener('load', () => {
      const body = bodyOf(request.responseText);
      if (request.status === 401) resolve(sessionRenewed().then(() => uploadImport(upload)));
      else if (request.status >= 200 && request.status < 300) resolve(body as ImportRun);
      else reject(httpErrorOf(request.status, body, path));
    });
    request.send(file);
  });
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
