/** What is known of a message before it is applied. */
export interface Sequenced {
  readonly aggregateId: string;
  readonly sequence: number | undefined;
}

/** What to do with a message: apply it, drop it as known, or park it until what is before it has been applied. */
export type Verdict = 'apply' | 'duplicate' | 'gap' | 'behind-parked';

/**
 * Judges messages in the order in which they arrived. `last` holds the last sequence applied of each aggregate (none: 0),
 * `parked` the sequences that wait of each aggregate. Lower or equal, or waiting already, is a duplicate; the next is
 * applied, also when it fills a gap; anything later waits. A compacted topic has gaps by nature: there only lower or
 * equal is dropped. A message without sequence, such as a command, has no order to keep and waits for nothing: its
 * handler knows what it did already by the action and the chunk.
 */
export function checkSequences<M extends Sequenced>(
  messages: readonly M[],
  last: ReadonlyMap<string, number>,
  parked: ReadonlyMap<string, readonly number[]>,
  compacted: boolean,
): { message: M; verdict: Verdict }[] {
  const reached = new Map(last);
  const waiting = new Map([...parked].map(([aggregateId, sequences]) => [aggregateId, new Set(sequences)]));
  return messages.map((message) => {
    const verdict = judge(message, reached.get(message.aggregateId) ?? 0, waiting.get(message.aggregateId), compacted);
    if (message.sequence !== undefined) {
      if (verdict === 'apply') reached.set(message.aggregateId, message.sequence);
      if (verdict === 'gap') waiting.set(message.aggregateId, new Set([message.sequence]));
      if (verdict === 'behind-parked') waiting.get(message.aggregateId)?.add(message.sequence);
    }
    return { message, verdict };
  });
}

function judge(
  message: Sequenced,
  last: number,
  waiting: ReadonlySet<number> | undefined,
  compacted: boolean,
): Verdict {
  const { sequence } = message;
  if (sequence === undefined) return 'apply';
  if (sequence <= last || waiting?.has(sequence)) return 'duplicate';
  if (compacted || sequence === last + 1) return 'apply';
  return waiting ? 'behind-parked' : 'gap';
}
