import { describe, expect, it } from '@jest/globals';
import { erasingAction, erasureOf, isErasedEverywhere } from './erasure.js';

const line = (at: string, reason?: string) => ({ at, after: reason === undefined ? null : { reason } });

describe('the erasure of an account', () => {
  it('is told by service, the ledger first, and says whose word is still waited for', () => {
    const erasure = erasureOf({
      answers: [
        { service: 'collections', answer: line('2026-11-28T09:00:01Z') },
        { service: 'ledger', answer: line('2026-11-28T09:00:00Z', 'court-order') },
        { service: 'precollections', answer: undefined },
      ],
      missing: [{ service: 'messaging', error: new Error('down') }],
    });
    expect(erasure).toEqual({
      reason: 'court-order',
      services: [
        { service: 'ledger', state: 'erased', at: '2026-11-28T09:00:00Z' },
        { service: 'collections', state: 'erased', at: '2026-11-28T09:00:01Z' },
        { service: 'precollections', state: 'waiting' },
        { service: 'messaging', state: 'unknown' },
      ],
    });
    expect(isErasedEverywhere(erasure)).toBe(false);
    expect(isErasedEverywhere({ ...erasure, services: erasure.services.slice(0, 2) })).toBe(true);
  });

  it('is begun by the ledger and confirmed by the others', () => {
    expect(erasingAction('ledger')).toBe('erase-account');
    expect(erasingAction('messaging')).toBe('confirm-erasure');
  });
});
