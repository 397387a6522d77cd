import { describe, expect, it } from '@jest/globals';
import { askAgain, isSilent } from './askAgain.js';

const answered = (status: number) => Object.assign(new Error(`HTTP ${status}`), { status });

/** A question that fails with each of these in turn and is answered afterwards; and the pauses that were made. */
function failing(...errors: Error[]) {
  const pauses: number[] = [];
  const answer = askAgain(
    async () => {
      const error = errors.shift();
      if (error) throw error;
      return 'answer';
    },
    async (milliseconds) => void pauses.push(milliseconds),
  );
  return { answer, pauses };
}

describe('a question that fails', () => {
  it('is asked again twice where it may be a hiccup, after longer and longer pauses', async () => {
    const once = failing(answered(502));
    await expect(once.answer).resolves.toBe('answer');
    expect(once.pauses).toEqual([1_000]);
    const twice = failing(new TypeError('network'), answered(503));
    await expect(twice.answer).resolves.toBe('answer');
    expect(twice.pauses).toEqual([1_000, 2_000]);
    await expect(failing(answered(502), answered(502), answered(503)).answer).rejects.toThrow('HTTP 503');
  });

  it('is not asked again where a service refused it, or nobody waits for the answer any more', async () => {
    await expect(failing(answered(403)).answer).rejects.toThrow('HTTP 403');
    await expect(failing(answered(429)).answer).rejects.toThrow('HTTP 429');
    const late = failing(answered(504));
    await expect(late.answer).rejects.toThrow('HTTP 504');
    expect(late.pauses).toEqual([]);
    const left = Object.assign(new Error('left'), { name: 'AbortError' });
    await expect(failing(left).answer).rejects.toThrow('left');
  });

  it('was answered by nobody, or refused by somebody', () => {
    expect([new TypeError('network'), ...[502, 503, 504].map(answered)].map(isSilent)).toEqual(Array(4).fill(true));
    expect([403, 429, 500].map(answered).map(isSilent)).toEqual(Array(3).fill(false));
  });
});
