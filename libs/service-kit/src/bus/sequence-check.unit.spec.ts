import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { checkSequences, type Sequenced, type Verdict } from './sequence-check.js';

function verdicts(arriving: (number | undefined)[], last = 0, parked: number[] = [], compacted = false): Verdict[] {
  const messages = arriving.map((sequence): Sequenced => ({ aggregateId: 'a', sequence }));
  const lastOf = new Map(last > 0 ? [['a', last]] : []);
  const parkedOf = new Map(parked.length > 0 ? [['a', parked]] : []);
  return checkSequences(messages, lastOf, parkedOf, compacted).map(({ verdict }) => verdict);
}

describe('checkSequences', () => {
  it.each<[string, Verdict[], Verdict[]]>([
    ['the next ones are applied', verdicts([1, 2, 3]), ['apply', 'apply', 'apply']],
    ['lower or equal is a duplicate', verdicts([3, 4, 4, 2], 3), ['duplicate', 'apply', 'duplicate', 'duplicate']],
    [
      'a gap waits, and what follows waits behind it',
      verdicts([3, 4, 6], 1),
      ['gap', 'behind-parked', 'behind-parked'],
    ],
    ['what waits already is a duplicate', verdicts([3, 3, 5], 1, [3]), ['duplicate', 'duplicate', 'behind-parked']],
    ['what fills the gap is applied', verdicts([2, 4], 1, [3]), ['apply', 'behind-parked']],
    ['an event after an unreadable one waits', verdicts([3], 1, [2]), ['behind-parked']],
    ['a message without sequence is applied', verdicts([undefined, undefined]), ['apply', 'apply']],
    ['… also when one of its subject waits, or nothing would ever free it', verdicts([undefined], 0, [0]), ['apply']],
    [
      'compaction leaves gaps: only lower or equal is dropped',
      verdicts([3, 7, 7, 5], 2, [], true),
      ['apply', 'apply', 'duplicate', 'duplicate'],
    ],
  ])('%s', (_what, judged, expected) => {
    expect(judged).toEqual(expected);
  });

  it('judges aggregates apart', () => {
    const messages = [
      { aggregateId: 'a', sequence: 2 },
      { aggregateId: 'b', sequence: 1 },
      { aggregateId: 'a', sequence: 3 },
    ];
    const judged = checkSequences(messages, new Map([['b', 0]]), new Map(), false);
    expect(judged.map(({ verdict }) => verdict)).toEqual(['gap', 'apply', 'behind-parked']);
  });
});

/** A consumer in memory: it keeps what was applied and what waits, and replays what a batch has made ready. */
class Model {
  readonly applied = new Map<string, number[]>();
  private readonly last = new Map<string, number>();
  private readonly parked = new Map<string, number[]>();

  take(batch: readonly Sequenced[]): void {
    for (const { message, verdict } of checkSequences(batch, this.last, this.parked, false)) {
      if (verdict === 'apply') this.apply(message.aggregateId, message.sequence ?? 0);
      if (verdict === 'gap' || verdict === 'behind-parked')
        this.parked.set(message.aggregateId, [...this.waiting(message.aggregateId), message.sequence ?? 0]);
    }
    for (const aggregateId of this.parked.keys()) this.replay(aggregateId);
  }

  get waitingInAll(): number {
    return [...this.parked.values()].flat().length;
  }

  private waiting(aggregateId: string): number[] {
    return this.parked.get(aggregateId) ?? [];
  }

  private apply(aggregateId: string, sequence: number): void {
    this.applied.set(aggregateId, [...(this.applied.get(aggregateId) ?? []), sequence]);
    this.last.set(aggregateId, sequence);
  }

  private replay(aggregateId: string): void {
    const waiting = this.waiting(aggregateId).toSorted((a, b) => a - b);
    while (waiting[0] === (this.last.get(aggregateId) ?? 0) + 1) this.apply(aggregateId, waiting.shift() ?? 0);
    if (waiting.length > 0) this.parked.set(aggregateId, waiting);
    else this.parked.delete(aggregateId);
  }
}

/** Per aggregate the events 1…n, each coming once to three times. */
const history = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 4,
});
const batchSizes = fc.infiniteStream(fc.integer({ min: 1, max: 9 }));

function everyCopy(copies: number[][]): Sequenced[] {
  return copies.flatMap((events, aggregate) =>
    events.flatMap((times, index) =>
      Array.from({ length: times }, () => ({ aggregateId: `a${aggregate}`, sequence: index + 1 })),
    ),
  );
}

function consumed(arriving: readonly Sequenced[], sizes: Iterator<number>): Model {
  const model = new Model();
  for (let start = 0; start < arriving.length;) {
    const size = Number(sizes.next().value);
    model.take(arriving.slice(start, start + size));
    start += size;
  }
  return model;
}

function eachOnceInOrder(copies: number[][]): Map<string, number[]> {
  return new Map(copies.map((events, aggregate) => [`a${aggregate}`, events.map((_, index) => index + 1)]));
}

describe('a consumer that follows the verdicts', () => {
  it('applies each event once, whatever comes twice and however aggregates interleave', () => {
    const input = history.chain((copies) => {
      const all = everyCopy(copies);
      // The first copies come in order of their aggregate; the others anywhere after, here by a stable sort of random places.
      const places = fc.array(fc.nat(100), { minLength: all.length, maxLength: all.length });
      return fc.tuple(
        fc.constant(copies),
        places.map((drawn) => interleaved(all, drawn)),
        batchSizes,
      );
    });
    fc.assert(
      fc.property(input, ([copies, arriving, sizes]) => {
        const model = consumed(arriving, sizes);
        expect(model.applied).toEqual(eachOnceInOrder(copies));
        expect(model.waitingInAll).toBe(0);
      }),
    );
  });

  it('applies each event once and in order even when they arrive in any order at all', () => {
    const input = history.chain((copies) => {
      const all = everyCopy(copies);
      const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
      return fc.tuple(fc.constant(copies), shuffled, batchSizes);
    });
    fc.assert(
      fc.property(input, ([copies, arriving, sizes]) => {
        const model = consumed(arriving, sizes);
        expect(model.applied).toEqual(eachOnceInOrder(copies));
        expect(model.waitingInAll).toBe(0);
      }),
    );
  });
});

/** Orders messages by drawn places, but never the first copy of an event before the first copy of the one before it. */
function interleaved(all: readonly Sequenced[], places: readonly number[]): Sequenced[] {
  const order = all.map((message, index) => ({ message, place: places[index] ?? 0 }));
  const reached = new Map<string, number>();
  const arriving = order
    .toSorted((a, b) => a.place - b.place)
    .map(({ message: { aggregateId, sequence = 0 } }) => {
      const last = reached.get(aggregateId) ?? 0;
      reached.set(aggregateId, Math.max(last, Math.min(sequence, last + 1)));
      return { aggregateId, sequence: Math.min(sequence, last + 1) };
    });
  const left = all.filter(({ aggregateId, sequence = 0 }) => sequence > (reached.get(aggregateId) ?? 0));
  return [...arriving, ...left];
}
