import { describe, expect, it } from '@jest/globals';
import { BatchCombiner } from './batch-combiner.js';
import type { RawMessage } from './received-message.js';

const messages = (topic: string, partition: number, count: number): RawMessage[] =>
  Array.from({ length: count }, (_, offset) => ({ topic, partition, offset, key: '', headers: {}, value: null }));

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** A combiner whose work ends when the test says so, and what it was given to apply: `topic/partition×messages`. */
function observed(): { combiner: BatchCombiner; applied: string[]; end: (error?: Error) => Promise<void> } {
  const applied: string[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const combiner = new BatchCombiner((batch) => {
    const parts = [...Map.groupBy(batch, ({ topic, partition }) => `${topic}/${partition}`)];
    applied.push(parts.map(([part, own]) => `${part}×${own.length}`).join(' '));
    return new Promise((resolve, reject) => {
      ends.push((error) => (error ? reject(error) : resolve()));
    });
  });
  const end = async (error?: Error): Promise<void> => {
    await turn();
    ends.shift()?.(error);
    await turn();
  };
  return { combiner, applied, end };
}

describe('Batches of partitions', () => {
  it('that come at once are applied together, those of another topic apart', async () => {
    const { combiner, applied, end } = observed();
    const taken = [
      combiner.take(messages('a', 0, 3)),
      combiner.take(messages('b', 0, 1)),
      combiner.take(messages('a', 7, 2)),
    ];
    await end();
    await end();
    await Promise.all(taken);
    expect(applied).toEqual(['a/0×3 a/7×2', 'b/0×1']);
  });

  it('are no more together than a run may have, but one that is larger goes by itself', async () => {
    const { combiner, applied, end } = observed();
    const sizes = [1000, 600, 500, 400];
    const taken = sizes.map((size, partition) => combiner.take(messages('a', partition, size)));
    for (const _ of sizes) await end();
    await Promise.all(taken);
    expect(applied).toEqual(['a/0×1000', 'a/1×600 a/3×400', 'a/2×500']);
  });

  it('that come while three are applied go together afterwards', async () => {
    const { combiner, applied, end } = observed();
    const first = [0, 1, 2].map((partition) => combiner.take(messages('a', partition, 1000)));
    const late = [combiner.take(messages('a', 3, 1)), combiner.take(messages('a', 4, 1))];
    for (let ended = 0; ended < 4; ended += 1) await end();
    await Promise.all([...first, ...late]);
    expect(applied.at(-1)).toBe('a/3×1 a/4×1');
  });

  it('all fail with what they were applied with, and none else', async () => {
    const { combiner, end } = observed();
    const lost = [combiner.take(messages('a', 0, 1)), combiner.take(messages('a', 1, 1))];
    const kept = combiner.take(messages('b', 0, 1));
    const outcome = Promise.allSettled([...lost, kept]);
    await end(new Error('the database is gone'));
    await end();
    expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });
});
