import { toHeaders } from '@recoup/contracts';
import { Partitioners, type Message, type Producer } from 'kafkajs';
import { flowCheck, type TopicFlow } from '../bus/flow-check.js';
import { row, rows, sql } from '../database/database.js';
import { until, type BusFixture } from './bus-fixture.js';
import { stageChange } from './stage-events.js';

export const stageChanged = 'recoup.collections.stage-changed.v1';
export const flagsChanged = 'recoup.collections.flags-changed.v1';

/** What is wrong with a message, or other than usual. */
interface Flaws {
  readonly type?: string;
  readonly value?: string;
}

/** An event of the account as the relay would send it, or with a flaw. */
export function event(accountId: string, sequence: number, flaws: Flaws = {}): Message {
  const type = flaws.type ?? stageChanged;
  const { stage: _stage, previousStage: _previous, ...rest } = stageChange(accountId);
  const data = type === flagsChanged ? { ...rest, added: [], removed: [] } : stageChange(accountId);
  const time = '2026-11-22T00:00:00Z';
  const id = `${accountId}-${sequence}`;
  const source = '/recoup/collections';
  const headers = toHeaders({ specversion: '1.0', id, source, type, subject: accountId, time, sequence });
  return { key: accountId, value: flaws.value ?? JSON.stringify(data), headers };
}

/** 1, 2, … `last`. */
export const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** The collections' events of a test: what is written there, and what a consumer made of it. */
export class StageTopic {
  readonly name: string;

  private constructor(
    private readonly bus: BusFixture,
    private readonly producer: Producer,
  ) {
    this.name = `${bus.config.topicPrefix}recoup.collections.events`;
  }

  static async open(bus: BusFixture): Promise<StageTopic> {
    const producer = bus.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    return new StageTopic(bus, producer);
  }

  close(): Promise<void> {
    return this.producer.disconnect();
  }

  async send(messages: Message[]): Promise<void> {
    for (let start = 0; start < messages.length; start += 1000)
      await this.producer.send({ topic: this.name, messages: messages.slice(start, start + 1000) });
  }

  /** The sequences applied of an account, in the order in which they were. */
  async applied(accountId: string): Promise<number[]> {
    const found = await rows<{ sequence: number }>(
      this.bus.db(),
      sql`SELECT sequence FROM effects WHERE aggregate_id = ${accountId} ORDER BY id`,
    );
    return found.map(({ sequence }) => sequence);
  }

  /** Waits until so many messages of an account have been applied, and answers their sequences. */
  async appliedOnce(accountId: string, count: number): Promise<number[]> {
    await until(`${count} were applied`, async () => (await this.applied(accountId)).length >= count);
    return this.applied(accountId);
  }

  /** Effects in all, and how many different messages they are of. */
  async effects(): Promise<{ n: number; once: number }> {
    const counted = await row<{ n: number; once: number }>(
      this.bus.db(),
      sql`SELECT count(*) AS n, count(DISTINCT (aggregate_id, sequence)) AS once FROM effects`,
    );
    return counted ?? { n: -1, once: -1 };
  }

  /** What waits of an account: sequence and reason. */
  async parked(accountId: string): Promise<[number | null, string][]> {
    const found = await rows<{ sequence: number | null; reason: string }>(
      this.bus.db(),
      sql`SELECT sequence, reason FROM parked_messages WHERE aggregate_id = ${accountId} AND replayed_at IS NULL ORDER BY sequence`,
    );
    return found.map(({ sequence, reason }) => [sequence, reason]);
  }

  /** The flow of the topic once everything written has been read. */
  async flowWhenRead(): Promise<TopicFlow> {
    return until('everything was read', async () => {
      const flows = await flowCheck(this.bus.db(), this.bus.kafka);
      return flows.find((flow) => flow.topic === this.name && flow.lag === 0);
    });
  }
}
