import { describe, expect, it } from '@jest/globals';
import { catalog, messageType, topics, type MessageType } from './catalog.js';

const entries: [string, MessageType][] = Object.entries(catalog);

describe('the catalog', () => {
  it.each(entries)('%s is named after the service whose topic carries it', (name, { topic }) => {
    expect(name).toMatch(/^recoup\.[a-z]+\.[a-z-]+\.v\d+$/);
    expect(topic.split('.')[1]).toBe(name.split('.')[1]);
    expect(topic in topics).toBe(true);
  });

  it.each(entries)('%s travels with its aggregate as key where order counts', (_name, { key, topic }) => {
    const ordered = topic.endsWith('.events') || topic.endsWith('.contacts');
    expect(ordered).toBe(
      ['account', 'office', 'transaction-type', 'service-type', 'payer', 'agency', 'bulk-action'].includes(key),
    );
  });

  it('knows no type but its own', () => {
    expect(messageType('recoup.ledger.payment-received.v1')?.topic).toBe('recoup.ledger.events');
    expect(messageType('recoup.ledger.payment-received.v2')).toBeUndefined();
    expect(messageType('toString')).toBeUndefined();
  });
});
