import { readFileSync } from 'node:fs';
import { catalog, type MessageData, type MessageTypeName } from '../catalog.js';
import { envelope, type Envelope } from '../envelope.js';
import { packageFolder } from './files.js';

/** A golden message: what stands on the bus, readable. Producers' tests must emit its shape, consumers' tests take it. */
export interface Example<T extends MessageTypeName> {
  readonly key: string;
  readonly envelope: Envelope;
  readonly data: MessageData<T>;
}

/**
 * The golden message of a type, from examples/<type>.json.
 * @throws ZodError when it doesn't fit its own schema; Error when there is none.
 */
export function example<T extends MessageTypeName>(type: T): Example<T> {
  const stored = exampleFile(type);
  return {
    key: stored.key,
    envelope: envelope.parse(stored.envelope),
    data: catalog[type].schema.parse(stored.data) as MessageData<T>,
  };
}

/** The file of a type as it is, unchecked. */
export function exampleFile(type: MessageTypeName): { key: string; envelope: unknown; data: unknown } {
  return JSON.parse(readFileSync(`${packageFolder}examples/${type}.json`, 'utf8')) as ReturnType<typeof exampleFile>;
}
