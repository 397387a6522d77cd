import { topics, type TopicName } from '@recoup/contracts';

/** The catalog's name of a topic: what stands before `recoup.` keeps tests of one broker apart. */
export function unprefixed(topic: string): TopicName {
  return topic.slice(topic.indexOf('recoup.')) as TopicName;
}

/** Whether a topic has gaps by nature. */
export function isCompacted(topic: string): boolean {
  return topics[unprefixed(topic)].retention === 'compacted';
}

/** Whether a handler's pattern is a topic of the catalog, whose tombstones it then takes, and no type of message. */
export function isTopicName(pattern: string): pattern is TopicName {
  return Object.hasOwn(topics, pattern);
}
