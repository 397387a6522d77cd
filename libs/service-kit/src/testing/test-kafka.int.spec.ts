import { describe, expect, it } from '@jest/globals';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { readTopic, testBrokers, testTopicPrefix } from './test-kafka.js';

describe('reading a topic for a test', () => {
  it('gives every message up to the end, and none of an empty topic', async () => {
    const [full, empty] = [`${testTopicPrefix()}full`, `${testTopicPrefix()}empty`];
    const kafka = new Kafka({ clientId: 'test', brokers: testBrokers(), logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await Promise.all([admin.connect(), producer.connect()]);
    await admin.createTopics({
      topics: [
        { topic: full, numPartitions: 2 },
        { topic: empty, numPartitions: 1 },
      ],
    });
    await producer.send({
      topic: full,
      messages: [
        { partition: 0, key: 'a', value: '1', headers: { h: 'x' } },
        { partition: 1, key: 'b', value: null },
        { partition: 0, key: 'a', value: '2' },
      ],
    });
    expect((await readTopic(full)).map(({ partition, key, value }) => [partition, key, value])).toEqual([
      [0, 'a', '1'],
      [0, 'a', '2'],
      [1, 'b', null],
    ]);
    expect(await readTopic(empty)).toEqual([]);
    await admin.deleteTopics({ topics: [full, empty] });
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  });
});
