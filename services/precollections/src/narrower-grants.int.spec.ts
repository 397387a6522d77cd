import { describe, expect, it } from '@jest/globals';
import { narrowedGrants } from '@recoup/service-kit/testing/narrowed-grants';
import { precollectionsDatabase } from './database.js';

const tables = ['audit_blocks', 'audit_unsealed', 'contact_keys_in_use', 'account_numbers'];

describe('a database of precollections that gave every write by default', () => {
  it('lets its service write what migrations say, and nothing more', async () => {
    const { migrated, narrowed, misled } = await narrowedGrants(precollectionsDatabase, 'precollections', tables);
    expect(narrowed).toEqual(migrated);
    expect(misled).toEqual([]);
    expect(migrated.filter((grant) => !/[.]|SELECT/.test(grant))).toEqual([
      'account_numbers INSERT',
      'account_numbers UPDATE',
      'audit_blocks INSERT',
      'audit_unsealed DELETE',
    ]);
  });
});
