import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OffsetCommits, type ReadingConsumer } from './offset-commits.js';

/** A consumer that has read to an offset; its commits end when they are told to. */
class Reader implements ReadingConsumer {
  offset = 0;
  readonly committed: string[] = [];
  readonly ends: (() => void)[] = [];

  uncommittedOffsets() {
    return { topics: [{ topic: 't', partitions: [{ partition: 0, offset: String(this.offset) }] }] } as never;
  }

  commitOffsetsIfNecessary(offsets?: { topics: { partitions: { offset: string }[] }[] }): Promise<void> {
    this.committed.push(offsets?.topics[0]?.partitions[0]?.offset ?? '');
    return new Promise((resolve) => this.ends.push(resolve));
  }
}

const failing: ReadingConsumer = {
  uncommittedOffsets: () => {
    throw new Error('the group looks for its members');
  },
  commitOffsetsIfNecessary: () => Promise.resolve(),
};

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('offsets', () => {
  it('of all batches of a second are committed together', async () => {
    const [reader, commits] = [new Reader(), new OffsetCommits(() => undefined)];
    for (reader.offset = 1; reader.offset < 20; reader.offset += 1) commits.soon(reader);
    await jest.advanceTimersByTimeAsync(999);
    expect(reader.committed).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(reader.committed).toEqual(['20']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(reader.committed).toEqual(['20']);
  });

  it('are committed one commit after the other, so that no earlier one ends last', async () => {
    const [reader, commits] = [new Reader(), new OffsetCommits(() => undefined)];
    commits.soon(Object.assign(reader, { offset: 1 }));
    await jest.advanceTimersByTimeAsync(1000);
    commits.soon(Object.assign(reader, { offset: 2 }));
    await jest.advanceTimersByTimeAsync(5000);
    expect(reader.committed).toEqual(['1']);
    reader.ends[0]?.();
    await jest.advanceTimersByTimeAsync(0);
    expect(reader.committed).toEqual(['1', '2']);
  });

  it('that could not be committed are left to the next time', async () => {
    const said: string[] = [];
    const [reader, commits] = [new Reader(), new OffsetCommits((_, message) => said.push(message))];
    commits.soon(failing);
    await jest.advanceTimersByTimeAsync(1000);
    commits.soon(Object.assign(reader, { offset: 7 }));
    await jest.advanceTimersByTimeAsync(1000);
    expect([said.length, reader.committed]).toEqual([1, ['7']]);
  });

  it('are committed at the end, which waits two seconds at most, and never after it', async () => {
    const [reader, commits] = [new Reader(), new OffsetCommits(() => undefined)];
    commits.soon(Object.assign(reader, { offset: 3 }));
    let closed = false;
    void commits.close().then(() => (closed = true));
    await jest.advanceTimersByTimeAsync(1999);
    expect([reader.committed, closed]).toEqual([['3'], false]);
    await jest.advanceTimersByTimeAsync(1);
    expect(closed).toBe(true);
    commits.soon(Object.assign(reader, { offset: 4 }));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(reader.committed).toEqual(['3']);
  });
});
