import { httpErrorOf } from '../api/problem.js';
import { goToSignIn } from '../api/signIn.js';

/** Reads at most so many bytes of a file and then hangs up, so that a large file costs no more than a small one. */
export async function readBeginning(path: string, bytesMax: number): Promise<{ text: string; whole: boolean }> {
  const stop = new AbortController();
  const response = await fetch(path, { signal: stop.signal, credentials: 'same-origin' });
  if (response.status === 401) goToSignIn();
  if (!response.ok) throw httpErrorOf(response.status, await response.json().catch(() => undefined));
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), whole: true };
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
    if (bytes >= bytesMax) break;
  }
  stop.abort();
  return { text: text.slice(0, text.lastIndexOf('\n') + 1), whole: false };
}
