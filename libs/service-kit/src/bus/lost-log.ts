import type { MikroORM } from '@mikro-orm/postgresql';
import { kafkaClient, type BusConfig, type BusLog } from './kafka.js';
import { forgetLostLog, isBeyond } from './positions.js';
import type { RawMessage } from './received-message.js';

/** Notices that the broker lost a log, which is then read from its start. */
export class LostLogs {
  private readonly lastOffsets = new Map<string, number>();

  constructor(
    private readonly orm: MikroORM,
    private readonly bus: BusConfig,
    private readonly log: BusLog,
  ) {}

  /** Offsets that don't go on from those before are a start, a rebalance, or a log that the broker lost. */
  async notice(messages: readonly RawMessage[], highWatermark: number): Promise<void> {
    const [first, last] = [messages[0], messages.at(-1)];
    if (!first || !last) return;
    const { topic, partition } = first;
    const place = `${topic}/${partition}`;
    const goesOn = first.offset > (this.lastOffsets.get(place) ?? Infinity);
    const db = this.orm.em.fork();
    // A batch may have been fetched before another replica read on, so the end is asked for once more.
    if (!goesOn && (await isBeyond(db, topic, partition, highWatermark)))
      if (await forgetLostLog(db, topic, partition, await this.endOf(topic, partition)))
        this.log('error', 'the broker lost this log; it is read from the start', { topic, partition });
    this.lastOffsets.set(place, last.offset);
  }

  private async endOf(topic: string, partition: number): Promise<number> {
    const admin = kafkaClient(this.bus, this.log).admin();
    await admin.connect();
    try {
      const offsets = await admin.fetchTopicOffsets(topic);
      return Number(offsets.find((each) => each.partition === partition)?.high ?? Infinity);
    } finally {
      await admin.disconnect();
    }
  }
}
