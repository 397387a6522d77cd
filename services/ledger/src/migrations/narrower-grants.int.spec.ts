import { describe, expect, it } from '@jest/globals';
import { narrowedGrants } from '@recoup/service-kit/testing/narrowed-grants';
import { ledgerDatabase } from '../database.js';

const tables = [
  'audit_blocks',
  'audit_unsealed',
  'account_payers',
  'payer_invoices',
  'subscriptions',
  'freezes',
  'frozen_subscriptions',
  'daybook',
  'daybook_entries',
  'daybook_figures',
  'contact_keys_in_use',
];

describe('a ledger whose database gave every write by default', () => {
  it('lets its service write what migrations say, and nothing more', async () => {
    const { migrated, narrowed, misled } = await narrowedGrants(ledgerDatabase, 'ledger', tables);
    expect(narrowed).toEqual(migrated);
    expect(misled).toEqual([]);
    expect(migrated.filter((grant) => / (UPDATE|DELETE)$/.test(grant) && !grant.includes('.'))).toEqual([
      'audit_unsealed DELETE',
    ]);
  });
});
