import { once } from 'node:events';
import type { Response } from 'express';

/**
 * Streams a file as a download that no cache keeps and no browser sniffs (S14), never faster than it is taken. The name
 * is ours. A failure on the way cuts the answer off, so that no half file looks whole.
 */
export async function sendFile(
  response: Response,
  name: string,
  contentType: string,
  chunks: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  // The first chunk is awaited before the headers go out, so that a refusal is still a problem document.
  let next = await iterator.next();
  response.status(200);
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  try {
    while (!next.done && !response.destroyed) {
      if (!response.write(next.value)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      next = await iterator.next();
    }
    response.end();
  } catch {
    response.destroy();
  } finally {
    await iterator.return?.();
  }
}
