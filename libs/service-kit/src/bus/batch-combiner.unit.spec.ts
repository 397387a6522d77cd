import { describe, expect, it } from '@jest/globals';
import { BatchCombiner } from './batch-combiner.js';
import { inPieces } from './batch-room.js';
import type { RawMessage } from './received-message.js';

const events = 'recoup.ledger.events';
const commands = 'recoup.ledger.commands';
const messages = (topic: string, partition: number, count: number, bytes = 0): RawMessage[] =>
  Array.from({ length: count }, (_, offset) => ({
    topic,
    partition,
    offset,
    key: '',
    headers: {},
    value: Buffer.alloc(bytes),
  }));

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** A combiner whose work ends when the test says so, and what it was given to apply: `topic/partition×messages`. */
function observed(): { combiner: BatchCombiner; applied: string[]; end: (error?: Error) => Promise<void> } {
  const applied: string[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const combiner = new BatchCombiner((batch) => {
    const parts = [...Map.groupBy(batch, ({ topic, partition }) => `${topic.split('.')[2]}/${partition}`)];
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

const sizes = (batch: readonly RawMessage[]): number[] => inPieces(batch).map(({ length }) => length);

describe('Messages of one partition', () => {
  it('are cut where a transaction would hold more than a thousand, or more bytes than it should', () => {
    expect(sizes(messages(events, 0, 2500, 10))).toEqual([1000, 1000, 500]);
    expect(sizes(messages(events, 0, 5, 400 * 1024))).toEqual([2, 2, 1]);
    expect(inPieces(messages(events, 0, 1500)).flat()).toEqual(messages(events, 0, 1500));
    expect(sizes([])).toEqual([]);
  });

  it('that are commands of many accounts go one by one, those of single accounts together', () => {
    expect(sizes(messages(commands, 0, 3, 80 * 1024))).toEqual([1, 1, 1]);
    expect(sizes(messages('test.recoup.collections.results', 0, 300, 300))).toEqual([218, 82]);
  });
});

describe('Batches of partitions', () => {
  it('that come at once are applied together, those of another topic apart', async () => {
    const { combiner, applied, end } = observed();
    const taken = [
      combiner.take(messages(events, 0, 3)),
      combiner.take(messages(commands, 0, 1)),
      combiner.take(messages(events, 7, 2)),
    ];
    await end();
    await end();
    await Promise.all(taken);
    expect(applied).toEqual(['events/0×3 events/7×2', 'commands/0×1']);
  });

  it('are no more together than a run may have, but one that is larger goes by itself', async () => {
    const { combiner, applied, end } = observed();
    const counts = [1000, 600, 500, 400];
    const taken = counts.map((size, partition) => combiner.take(messages(events, partition, size)));
    for (const _ of counts) await end();
    await Promise.all(taken);
    expect(applied).toEqual(['events/0×1000', 'events/1×600 events/3×400', 'events/2×500']);
  });

  it('that come while three are applied go together afterwards', async () => {
    const { combiner, applied, end } = observed();
    const first = [0, 1, 2].map((partition) => combiner.take(messages(events, partition, 1000)));
    const late = [combiner.take(messages(events, 3, 1)), combiner.take(messages(events, 4, 1))];
    for (let ended = 0; ended < 4; ended += 1) await end();
    await Promise.all([...first, ...late]);
    expect(applied.at(-1)).toBe('events/3×1 events/4×1');
  });

  it('all fail with what they were applied with, and none else', async () => {
    const { combiner, end } = observed();
    const lost = [combiner.take(messages(events, 0, 1)), combiner.take(messages(events, 1, 1))];
    const kept = combiner.take(messages(commands, 0, 1));
    const outcome = Promise.allSettled([...lost, kept]);
    await end(new Error('the database is gone'));
    await end();
    expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });
});
