import { catalog, fromHeaders } from '@recoup/contracts';
import { Kafka, logLevel } from 'kafkajs';

// Prints each change of stage once: node consume-stage-changes.mjs [brokers] [group] [topic]
const [brokers = process.env.KAFKA_BROKERS, group = 'stage-printer', topic = 'recoup.collections.events'] =
  process.argv.slice(2);
const { schema } = catalog['recoup.collections.stage-changed.v1'];
const lastSequence = new Map();
const consumer = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR }).consumer({ groupId: group });
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const { type, subject, sequence } = fromHeaders(message.headers);
    if (sequence <= (lastSequence.get(subject) ?? 0)) return;
    lastSequence.set(subject, sequence);
    if (type !== 'recoup.collections.stage-changed.v1') return;
    const { accountId, previousStage, stage, changedAt, actor } = schema.parse(JSON.parse(message.value.toString()));
    console.log(`${changedAt} account ${accountId}: ${previousStage} -> ${stage}, by ${actor}`);
  },
});
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => consumer.disconnect().then(() => process.exit(0)));
