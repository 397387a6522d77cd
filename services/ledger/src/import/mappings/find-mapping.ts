import { againstRule, malformed, malformedInput, type Db } from '@recoup/service-kit';
import { mappingSchema, type Mapping } from '../mapping.js';
import { findKeptMapping, readMappings } from './kept-mapping.js';
import { shippedMapping } from './shipped-mappings.js';

/**
 * The mapping that an import names: one that ships or that people keep, or one given whole as JSON.
 * @throws DomainError 422 for an unknown name, 400 for JSON that is no mapping, each field named
 */
export async function findMapping(db: Db, text: string): Promise<Mapping> {
  if (text.startsWith('{')) return parseMapping(text);
  const found = shippedMapping(text) ?? (await findKeptMapping(db, text));
  if (found) return found;
  const names = (await readMappings(db)).map(({ name }) => name).join(', ');
  throw againstRule('unknown-mapping', `There is no mapping ${text}. There are ${names}, or give one as JSON.`, [
    { field: 'mapping', message: 'is not known', expected: names },
  ]);
}

/** A mapping given as JSON. @throws DomainError 400, each field named */
export function parseMapping(text: string): Mapping {
  const result = mappingSchema.safeParse(json(text));
  if (!result.success) throw malformedInput(result.error.issues, 'mapping');
  return result.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('mapping is not valid JSON.', [
      { field: 'mapping', message: 'is not JSON', expected: '{"name":…}' },
    ]);
  }
}
