import { againstRule, malformed, malformedInput } from '@recoup/service-kit';
import { mappingSchema, type Mapping } from '../mapping.js';
import { accounts } from './accounts.js';
import { latePaymentHistories } from './late-payment-histories.js';
import { payments } from './payments.js';
import { recoup } from './recoup.js';
import { subscriptions } from './subscriptions.js';

/** The mappings that ship. */
export const shippedMappings: readonly Mapping[] = [latePaymentHistories, recoup, accounts, subscriptions, payments];

/**
 * The mapping that an import names: one that ships, or one given whole as JSON.
 * @throws DomainError 422 for an unknown name, 400 for JSON that is no mapping, each field named
 */
export function findMapping(text: string): Mapping {
  if (!text.startsWith('{')) {
    const shipped = shippedMappings.find(({ name }) => name === text);
    if (shipped) return shipped;
    const names = shippedMappings.map(({ name }) => name).join(', ');
    throw againstRule('unknown-mapping', `There is no mapping ${text}. There are ${names}, or give one as JSON.`, [
      { field: 'mapping', message: 'is not known', expected: names },
    ]);
  }
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
