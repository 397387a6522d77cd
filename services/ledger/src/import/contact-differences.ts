import type { ContactData } from '@recoup/contracts';
import type { contactFields } from './mapping-fields.js';

export type ContactField = (typeof contactFields)[number];

/** Contact data of an account of which a row gives nothing: its number stands for its name. */
export function bareContact(accountNumber: string): ContactData {
  return { name: accountNumber, addresses: [], phones: [], email: null, language: null, timeZone: null };
}

/** What a row gives of an account's contact data, by field; an empty column gives nothing, and the number is no name. */
export function givenContact(contact: ContactData, accountNumber: string): [ContactField, string][] {
  const [address] = contact.addresses;
  const given: [ContactField, string | null | undefined][] = [
    ['name', contact.name === accountNumber ? null : contact.name],
    ['email', contact.email],
    ['phone', contact.phones[0]?.number],
    ['addressLine', address?.lines[0]],
    ['postalCode', address?.postalCode],
    ['country', address?.country],
    ['language', contact.language],
    ['timeZone', contact.timeZone],
  ];
  return given.flatMap(([field, value]) => (value ? [[field, value]] : []));
}

/** Whether two ways to write a phone number or an e-mail address mean the same one. */
export interface SameAs {
  phone(one: string, other: string): boolean;
  email(one: string, other: string): boolean;
}

/**
 * The fields in which a row gives something else than its account has. An account may have several phones and addresses: a
 * number is known when one of them is it, an address when one agrees in all that the row gives of it.
 */
export function differingFields(
  given: readonly [ContactField, string][],
  account: ContactData,
  same: SameAs,
): ContactField[] {
  const address = agreeingAddress(given, account.addresses) ?? account.addresses[0];
  return given.filter(([field, value]) => !agrees(field, value, account, address, same)).map(([field]) => field);
}

type Address = ContactData['addresses'][number];

function agrees(
  field: ContactField,
  value: string,
  { name, email, phones, language, timeZone }: ContactData,
  address: Address | undefined,
  same: SameAs,
): boolean {
  switch (field) {
    case 'name':
      return name === value;
    case 'email':
      return email !== null && same.email(email, value);
    case 'phone':
      return phones.some(({ number }) => same.phone(number, value));
    case 'language':
      return language === value;
    case 'timeZone':
      return timeZone === value;
    default:
      return address !== undefined && addressAgrees(field, value, address);
  }
}

function agreeingAddress(given: readonly [ContactField, string][], addresses: readonly Address[]): Address | undefined {
  return addresses.find((address) =>
    given.every(([field, value]) => !isAddressField(field) || addressAgrees(field, value, address)),
  );
}

type AddressField = 'addressLine' | 'postalCode' | 'country';

function isAddressField(field: ContactField): field is AddressField {
  return field === 'addressLine' || field === 'postalCode' || field === 'country';
}

function addressAgrees(field: AddressField, value: string, { lines, postalCode, country }: Address): boolean {
  if (field === 'addressLine') return lines.includes(value);
  return (field === 'postalCode' ? postalCode : country) === value;
}
