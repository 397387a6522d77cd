import { describe, expect, it } from '@jest/globals';
import { configSchema } from './config.js';
import { patienceFor } from './patience.js';

const patience = { ordinaryMilliseconds: 60, longMilliseconds: 120 };

describe('how long a service may take to answer', () => {
  it.each(['report', 'report/totals', 'report/exports/1', 'bulk-actions/1/file', 'trial-balance/export', 'imports'])(
    'is longer for what reads all of the books: %s',
    (path) => expect(patienceFor(path, patience)).toBe(120),
  );

  it.each(['', 'accounts/1', 'accounts/report', 'flags', 'reports', 'payments'])('is ordinary for "%s"', (path) =>
    expect(patienceFor(path, patience)).toBe(60),
  );

  it('is a minute, and two where a cold report takes one itself, unless told', () => {
    const { ANSWER_WITHIN_SECONDS, LONG_ANSWER_WITHIN_SECONDS } = configSchema.shape;
    expect([ANSWER_WITHIN_SECONDS, LONG_ANSWER_WITHIN_SECONDS].map((each) => each.parse(undefined))).toEqual([60, 120]);
    expect(ANSWER_WITHIN_SECONDS.parse('0.5')).toBe(0.5);
    expect(ANSWER_WITHIN_SECONDS.safeParse('0').success).toBe(false);
  });
});
