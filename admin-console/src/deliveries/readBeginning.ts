import { httpErrorOf } from '../api/problem.js';
import { sessionRenewed } from '../api/session.js';

/** Reads at most so many bytes of a file and then hangs up, so that a large file costs no more than a small one. */
export async function readBeginning(path: string, bytesMax: number): Promise<{ text: string; whole: boolean }> {
  const stop = new AbortController();
  const response = await fetch(path, { signal: stop.signal, credentials: 'same-origin' });
  if (response.status === 401) {
    await sessionRenewed();
    return readBeginning(path, bytesMax);
  }
  if (!response.ok) throw httpErrorOf(response.status, await response.json().catch(() => undefined), path);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of chunksOf(response)) {
    bytes += chunk.length;
    text += decoder.decode(chunk, { stream: true });
    if (bytes >= bytesMax) break;
  }
  if (bytes < bytesMax) return { text: text + decoder.decode(), whole: true };
  stop.abort();
  return { text: text.slice(0, text.lastIndexOf('\n') + 1), whole: false };
}

async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array, void> {
  if (!body) return;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
