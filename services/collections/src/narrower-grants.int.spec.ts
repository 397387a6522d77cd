import { describe, expect, it } from '@jest/globals';
import { narrowedGrants } from '@recoup/service-kit/testing/narrowed-grants';
import { collectionsDatabase } from './database.js';

const tables = ['audit_blocks', 'audit_unsealed', 'contact_keys_in_use', 'asked_exports'];

describe('a database of collections that gave every write by default', () => {
  it('lets its service write what migrations say, and nothing more', async () => {
    const { migrated, narrowed, misled } = await narrowedGrants(collectionsDatabase, 'collections', tables);
    expect(narrowed).toEqual(migrated);
    expect(misled).toEqual([]);
    expect(migrated.filter((grant) => !/[.]|SELECT/.test(grant))).toEqual([
      'asked_exports DELETE',
      'asked_exports INSERT',
      'audit_blocks INSERT',
      'audit_unsealed DELETE',
    ]);
  });
});
