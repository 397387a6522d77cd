import { describe, expect, it } from '@jest/globals';
import { envelope, fromHeaders, toHeaders, type Envelope } from './envelope.js';

const full: Envelope = {
  specversion: '1.0',
  id: 'ledger-17',
  source: '/recoup/ledger',
  type: 'recoup.ledger.payment-received.v1',
  subject: 'a1',
  time: '2026-11-22T18:30:05.000Z',
  sequence: 3,
  correlationid: 'c',
  causationid: 'd',
};
const { sequence: _sequence, correlationid: _correlation, causationid: _causation, ...least } = full;

describe('toHeaders', () => {
  it('writes each attribute as ce_<name>, and the content type', () => {
    expect(toHeaders(least)).toEqual({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: 'ledger-17',
      ce_source: '/recoup/ledger',
      ce_type: 'recoup.ledger.payment-received.v1',
      ce_subject: 'a1',
      ce_time: '2026-11-22T18:30:05.000Z',
    });
  });
});

describe('fromHeaders', () => {
  it.each([
    ['all attributes', full],
    ['the required ones', least],
  ])('gives back what toHeaders wrote: %s', (_what, attributes) => {
    expect(fromHeaders(toHeaders(attributes))).toEqual(attributes);
  });

  it('reads bytes, lists of values and unknown headers as Kafka clients deliver them', () => {
    const bytes = Object.entries(toHeaders(full)).map(
      ([name, text]) => [name, new TextEncoder().encode(text)] as const,
    );
    const headers = { ...Object.fromEntries(bytes), ce_subject: ['a1', 'a2'], traceparent: 'x', ce_partitionkey: 'y' };
    expect(fromHeaders(headers)).toEqual(full);
  });

  it.each(Object.keys(least))('names %s when it is missing', (name) => {
    const headers: Record<string, string> = { ...toHeaders(full) };
    delete headers[`ce_${name}`];
    expect(() => fromHeaders(headers)).toThrow(name);
  });

  it.each([
    ['specversion', '0.3'],
    ['source', 'https://elsewhere'],
    ['type', 'recoup.ledger.payment-received'],
    ['time', '2026-11-22 18:30'],
    ['sequence', '0'],
    ['sequence', '1.5'],
    ['sequence', 'first'],
  ])('refuses %s "%s"', (name, text) => {
    expect(() => fromHeaders({ ...toHeaders(full), [`ce_${name}`]: text })).toThrow(name);
  });

  it('refuses attributes that the envelope does not have', () => {
    expect(envelope.safeParse({ ...full, other: 'x' }).success).toBe(false);
  });
});
