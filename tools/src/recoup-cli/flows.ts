import kafkajs from 'kafkajs';
import type { Client } from 'pg';
import { flowsOf, positionsQuery, type PartitionFlow } from '@recoup/service-kit/bus/flow-check';
import { portTable, type Service } from '../ports.js';
import type { Violation } from './invariants.js';

/** The brokers that KAFKA_BROKERS names, or the local start's. */
function kafkaClient(): kafkajs.Kafka {
  const brokers = process.env['KAFKA_BROKERS'] || `127.0.0.1:${portTable(process.env['RECOUP_PORT']).kafka}`;
  return new kafkajs.Kafka({
    clientId: 'recoup-verify',
    brokers: brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 5000,
    retry: { retries: 3 },
  });
}

/** PostgreSQL's driver gives bigint as text. */
function numbersOf(position: Record<keyof PartitionFlow, string | number>): PartitionFlow {
  const { topic, partition, next_offset, applied, duplicate, unused, parked, absent } = position;
  return {
    topic: String(topic),
    partition: Number(partition),
    next_offset: Number(next_offset),
    applied: Number(applied),
    duplicate: Number(duplicate),
    unused: Number(unused),
    parked: Number(parked),
    absent: Number(absent),
  };
}

/**
 * I12 against the broker: what each service's consumer made of a topic adds up to the offsets written there.
 * @throws when Kafka doesn't answer.
 */
export async function checkFlows(
  clients: ReadonlyMap<Service, Client>,
  say: (line: string) => void,
): Promise<Violation[]> {
  const kafka = kafkaClient();
  const violations: Violation[] = [];
  for (const [service, client] of clients) {
    const { rows } = await client.query<Record<keyof PartitionFlow, string | number>>(positionsQuery);
    const flows = await flowsOf(rows.map(numbersOf), kafka);
    const offenders = flows.filter(({ difference }) => difference !== 0);
    say(
      flows.length === 0
        ? `${service}: no topic has been read yet`
        : `${service}: ${flows.length - offenders.length} of ${flows.length} topics add up to what was written to them`,
    );
    const title =
      'I12: what was applied, known, of no use, parked, absent and not yet read adds up to what was written';
    if (offenders.length > 0) violations.push({ service, title, offenders });
  }
  return violations;
}
