import { describe, expect, it } from '@jest/globals';
import type { ContactData } from '@recoup/contracts';
import { bareContact, differingFields, givenContact } from './contact-differences.js';

const account: ContactData = {
  name: 'Ann Smith',
  addresses: [
    { lines: ['1 First St'], postalCode: '10001', country: 'US' },
    { lines: ['Building 2', '2 Second St'], postalCode: '10002' },
  ],
  phones: [{ number: '+1 212 555 0100' }, { number: '+1 212 555 0101', kind: 'mobile' }],
  email: 'ann@example.com',
  language: 'en',
  timeZone: 'America/New_York',
};
const digits = (text: string): string => text.replaceAll(/[^\d+]/g, '');
const same = {
  phone: (one: string, other: string) => digits(one) === digits(other),
  email: (one: string, other: string) => one.toLowerCase() === other.toLowerCase(),
};
const differences = (row: Partial<ContactData>): string[] =>
  differingFields(givenContact({ ...bareContact('A1'), ...row }, 'A1'), account, same);

describe('what a row gives of an account’s contact data', () => {
  it('is nothing where its columns are empty; the number that stands for a name is none', () => {
    expect(givenContact(bareContact('A1'), 'A1')).toEqual([]);
    expect(differences({})).toEqual([]);
  });

  it('agrees with the account as it is reached, however it is written', () => {
    expect(differences({ ...account, addresses: account.addresses.slice(0, 1) })).toEqual([]);
    expect(differences({ email: 'ANN@example.com', phones: [{ number: '+12125550101' }] })).toEqual([]);
    expect(differences({ addresses: [{ lines: ['2 Second St'], postalCode: '10002' }] })).toEqual([]);
  });

  it('differs field by field', () => {
    const other = {
      name: 'Ann Jones',
      phones: [{ number: '+1 212 555 0199' }],
      email: 'jones@example.com',
      language: 'es',
      timeZone: 'Europe/Madrid',
    };
    expect(differences(other)).toEqual(['name', 'email', 'phone', 'language', 'timeZone']);
    expect(differences({ addresses: [{ lines: ['1 First St'], postalCode: '10009', country: 'US' }] })).toEqual([
      'postalCode',
    ]);
    expect(differences({ addresses: [{ lines: ['2 Second St'], country: 'FR' }] })).toEqual(['addressLine', 'country']);
  });

  it('differs in all that it gives from an account that has nothing', () => {
    const given = givenContact({ ...account, addresses: account.addresses.slice(0, 1) }, 'A1');
    expect(differingFields(given, bareContact('A1'), same)).toEqual(given.map(([field]) => field));
    expect(given).toHaveLength(8);
  });
});
