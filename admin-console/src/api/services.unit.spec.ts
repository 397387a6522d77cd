import { describe, expect, it } from '@jest/globals';
import { ownerOf, pathOf } from './services.js';

describe('a resource', () => {
  it('belongs to the ledger, or to the collections service, unless it names its service', () => {
    expect(ownerOf('payers')).toEqual({ service: 'ledger', name: 'payers' });
    expect(ownerOf('flags')).toEqual({ service: 'collections', name: 'flags' });
    expect(ownerOf('messaging/parked-messages')).toEqual({ service: 'messaging', name: 'parked-messages' });
    expect(pathOf('messaging/parked-messages')).toBe('/api/messaging/parked-messages');
    expect(pathOf('accounts')).toBe('/api/ledger/accounts');
  });
});
