import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { catalog, type MessageType, type MessageTypeName } from '../catalog.js';
import { fromHeaders, toHeaders } from '../envelope.js';
import { example, exampleFile } from './examples.js';
import { packageFolder } from './files.js';

const names = Object.keys(catalog) as MessageTypeName[];

describe('golden examples', () => {
  it('are there for each type of the catalog, and for no other', () => {
    const files = readdirSync(`${packageFolder}examples`);
    expect(files.toSorted()).toEqual(names.map((name) => `${name}.json`).toSorted());
  });

  it.each(names)('%s parses, and loses nothing by it', (name) => {
    const { envelope, data } = example(name);
    expect(data).toEqual(exampleFile(name).data);
    expect(envelope).toEqual(exampleFile(name).envelope);
    expect(envelope.type).toBe(name);
  });

  it.each(names)('%s says who produced it, and its headers carry the envelope there and back', (name) => {
    const { envelope } = example(name);
    const { producer }: MessageType = catalog[name];
    expect(envelope.source).toMatch(new RegExp(`^/recoup/${producer === 'any' ? '[a-z]+' : producer}$`));
    expect(fromHeaders(toHeaders(envelope))).toEqual(envelope);
  });

  it.each(names)('%s has a key as the catalog says, and a sequence where order counts', (name) => {
    const { key, envelope, data } = example(name);
    const { key: kind, topic }: MessageType = catalog[name];
    const fields = new Map(Object.entries(data));
    const keys: Record<MessageType['key'], unknown> = {
      account: fields.get('accountId'),
      office: fields.get('officeId'),
      'transaction-type': fields.get('transactionTypeId'),
      'service-type': fields.get('serviceTypeId'),
      payer: fields.get('payerId'),
      agency: envelope.subject,
      'bulk-action': fields.get('bulkActionId'),
      'action:chunk': `${String(fields.get('actionId'))}:${String(fields.get('chunk'))}`,
      service: fields.get('service'),
      clock: 'clock',
    };
    expect(key).toBe(keys[kind]);
    expect(envelope.sequence !== undefined).toBe(topic.endsWith('.events') || topic.endsWith('.contacts'));
  });
});
