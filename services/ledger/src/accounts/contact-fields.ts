import { contactData, type ContactData } from '@recoup/contracts';
import { z } from 'zod';
import { lineOfText as line, reachable } from './plain-text.js';

/** What people may write of an account's contact data; bounds keep a message small. */
export const contactFields = z.strictObject({
  name: line,
  addresses: z
    .array(z.strictObject({ lines: z.array(line).max(6), postalCode: line.optional(), country: line.optional() }))
    .max(10)
    .default([]),
  phones: z
    .array(z.strictObject({ number: reachable.phone, kind: z.enum(['mobile', 'home', 'work']).optional() }))
    .max(10)
    .default([]),
  email: reachable.email.nullable().default(null),
  language: reachable.language.nullable().default(null),
  timeZone: contactData.shape.timeZone,
});

/** Contact data as it is sealed: without what was left out. */
export function cleanContact(contact: z.infer<typeof contactFields>): ContactData {
  return contactData.parse(JSON.parse(JSON.stringify(contact)));
}
