import { describe, expect, it } from '@jest/globals';
import { secondsIn } from './pgbench.js';

const report = (processed: string): string =>
  `number of transactions actually processed: ${processed}
number of failed transactions: 0 (0.000%)
latency average = 55.948 ms
initial connection time = 83.525 ms
tps = 160.000000 (without initial connection time)
`;

describe('A report of pgbench', () => {
  it('tells the seconds that the transactions took', () => {
    expect(secondsIn(report('40/40'), 40)).toBe(0.25);
  });

  it('is refused when a transaction was not processed', () => {
    expect(() => secondsIn(report('39/40'), 40)).toThrow('did not process 40 transactions');
  });

  it('is refused when it tells no rate', () => {
    expect(() => secondsIn('number of transactions actually processed: 40/40', 40)).toThrow('did not process');
  });
});
