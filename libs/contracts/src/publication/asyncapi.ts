import { catalog, topics, type MessageType, type Topic } from '../catalog.js';
import type { Json } from './json-schemas.js';

const schemaFormat = 'application/schema+json;version=draft-2020-12';
const entries: [string, MessageType][] = Object.entries(catalog);

/**
 * The AsyncAPI 3.0 document of the bus, from the catalog: a channel a topic, a message a type, an operation for what each
 * service sends on a topic. Payloads are the checked-in JSON Schemas.
 */
export function asyncApiDocument(version: string): Json {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Recoup',
      version,
      description:
        'What Recoup says on Kafka. Each message is a CloudEvent in binary mode: its attributes are headers with the ' +
        'prefix ce_, its value is the data as JSON. Readers drop a sequence that is not above the last one of its ' +
        'subject, and pass over fields they do not know.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(Object.entries(topics).map(([name, topic]) => [name, channel(name, topic)])),
    operations: operations(),
    components: { messages: Object.fromEntries(entries.map(([name, type]) => [name, message(name, type)])) },
  };
}

function channel(name: string, topic: Topic): Json {
  const types = entries.filter(([, type]) => type.topic === name);
  return {
    address: name,
    description: `${topic.partitions} partition${topic.partitions === 1 ? '' : 's'}; messages stay ${staying(topic)}.`,
    messages: Object.fromEntries(types.map(([type]) => [type, { $ref: `#/components/messages/${type}` }])),
    bindings: { kafka: { partitions: topic.partitions, topicConfiguration: topicConfiguration(topic) } },
  };
}

function staying({ retention }: Topic): string {
  if (retention === 'forever') return 'for ever';
  if (retention === 'compacted') return 'until a later one of the same key replaces them';
  return retention.days < 1 ? `${Math.round(retention.days * 24)} h` : `${retention.days} days`;
}

function topicConfiguration({ retention }: Topic): Json {
  if (retention === 'compacted') return { 'cleanup.policy': ['compact'] };
  return { 'retention.ms': retention === 'forever' ? -1 : Math.round(retention.days * 86_400_000) };
}

function operations(): Json {
  const senders = Map.groupBy(entries, ([, { producer, topic }]) => `${producer} sends ${topic}`);
  return Object.fromEntries(
    [...senders].map(([id, sent]) => {
      const [, { topic, producer }] = sent[0] as [string, MessageType];
      const operation: Json = {
        action: 'send',
        channel: { $ref: `#/channels/${topic}` },
        summary: `What ${producer === 'any' ? 'any service' : producer} says on ${topic}.`,
        messages: sent.map(([type]) => ({ $ref: `#/channels/${topic}/messages/${type}` })),
      };
      return [id.replaceAll(' ', '-'), operation];
    }),
  );
}

function message(name: string, { key, schema }: MessageType): Json {
  return {
    name,
    title: name,
    summary: schema.description ?? '',
    contentType: 'application/json',
    headers: { schemaFormat, schema: { $ref: './schemas/headers.json' } },
    payload: { schemaFormat, schema: { $ref: `./schemas/${name}.json` } },
    bindings: { kafka: { key: { type: 'string', description: `Kafka key: ${key}` } } },
    'x-example': `./examples/${name}.json`,
  };
}
