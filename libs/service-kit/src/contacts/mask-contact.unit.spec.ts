import { describe, expect, it } from '@jest/globals';
import { maskContact } from './mask-contact.js';

describe('Masked contact data', () => {
  const contact = {
    addresses: [{ lines: ['1 Elm Street', 'Springfield'], postalCode: '01101', country: 'US' }],
    phones: [{ number: '+14135550142', kind: 'mobile' as const }],
    email: 'ann@home.example',
    language: 'en',
    timeZone: 'America/New_York',
  };

  it('tells two apart and reaches nobody', () => {
    expect(maskContact(contact)).toEqual({
      addresses: [{ lines: ['…'], country: 'US' }],
      phones: [{ number: '…42', kind: 'mobile' }],
      email: '…@home.example',
      language: 'en',
      timeZone: 'America/New_York',
    });
  });

  it('leaves what is not there', () => {
    const empty = { addresses: [], phones: [], email: null, language: null, timeZone: null };
    expect(maskContact(empty)).toEqual(empty);
  });
});
