import { isPlainText, timeZone as timeZoneSchema, type ContactData } from '@recoup/contracts';
import { reachable } from '../accounts/plain-text.js';
import type { RowFields } from './read-fields.js';

const names = { email: 'e-mail address', phone: 'phone number', language: 'language tag' } as const;

/** Contact data of a row's account; its number stands for a name that is not given. */
export function readContact(fields: RowFields, accountNumber: string): ContactData {
  const zone = fields.text('timeZone');
  if (zone !== '' && !timeZoneSchema.safeParse(zone).success)
    fields.refuse('timeZone', 'bad-time-zone', 'must be an IANA time zone, such as America/New_York');
  const addressLine = fields.optional('addressLine');
  const postalCode = fields.optional('postalCode');
  const country = fields.optional('country');
  const email = readReachable(fields, 'email');
  const phone = readReachable(fields, 'phone');
  const language = readReachable(fields, 'language');
  const hasAddress = [addressLine, postalCode, country].some((part) => part !== '');
  return {
    name: fields.optional('name') || accountNumber,
    addresses: hasAddress
      ? [{ lines: addressLine ? [addressLine] : [], ...(postalCode && { postalCode }), ...(country && { country }) }]
      : [],
    phones: phone ? [{ number: phone }] : [],
    email: email || null,
    language: language || null,
    timeZone: zone || null,
  };
}

/** What is owed does not hang on how somebody is reached: what can't be used is kept as it came, and said. */
function readReachable(fields: RowFields, field: keyof typeof reachable): string {
  const value = fields.optional(field);
  if (value !== '' && isPlainText(value) && !reachable[field].safeParse(value).success)
    fields.warn(field, 'unusable-contact', `is no ${names[field]} that can be used`);
  return value;
}
