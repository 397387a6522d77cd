import { z } from 'zod';

/**
 * Identifier of a row that travels: a UUID, usually version 7. Never an order: use `sequence` for that. Read in small letters,
 * as the database writes it: it is compared as text, as a key of a topic above all.
 */
export const uuid = z.guid().toLowerCase().describe('Identifier; never an order');

/** ISO 4217 alphabetic code, upper case. */
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, 'three capital letters of ISO 4217, such as USD')
  .describe('ISO 4217 code');

/** Amount in minor units of the currency that stands beside it; may be negative only where the schema says so. */
export const signedAmount = z.int().describe('Minor units of the currency beside it; negative lowers, positive raises');

/** Amount in minor units of the currency that stands beside it, 0 or more. */
export const amount = z.int().min(0).describe('Minor units of the currency beside it, 0 or more');

/** Amount in minor units, more than 0. */
export const positiveAmount = z.int().min(1).describe('Minor units of the currency beside it, more than 0');

/** Calendar day in the office's time zone, `YYYY-MM-DD`, from the year 1900 on: an earlier one is a slip of the hand. */
export const businessDate = z.iso
  .date()
  .refine((day) => day >= '1900-01-01', 'a day from 1900-01-01 on')
  .describe('Calendar day in the time zone of the office');

/** Instant in UTC, ISO 8601 with a `Z`. */
export const instant = z.iso.datetime().describe('Instant in UTC');

/** Running number of an aggregate's events within the producing service, from 1, without gaps. */
export const sequence = z
  .int()
  .min(1)
  .describe('Running number of the events of this subject within the producing service, from 1, without gaps');

/** Code that administrators choose: letters, digits, `-`, `_` and `.`, at most 40 characters. */
export const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'letters, digits, - _ . and at most 40 characters')
  .describe('Code that administrators choose');

/**
 * IANA time zone name, such as `Europe/Madrid`. An offset such as `+05:30` is none: JavaScript and PostgreSQL read its sign
 * in opposite ways.
 */
export const timeZone = z
  .string()
  .refine(isTimeZone, 'an IANA time zone, such as America/New_York')
  .describe('IANA time zone name');

/** Whether an account is worked as usual, frozen, or closed (LED-20). */
export const accountStatus = z.enum(['active', 'frozen', 'closed']);
export type AccountStatus = z.infer<typeof accountStatus>;

/** Stage of an account in collections (COL-1). */
export const stage = z.enum(['not-set', 'pending', 'sent']);
export type Stage = z.infer<typeof stage>;

/** Who is responsible for paying a bill line (LED-11). */
export const payerType = z.enum(['self', 'insurer', 'generic']);
export type PayerType = z.infer<typeof payerType>;

/** Status of a subscription (LED-21). */
export const subscriptionStatus = z.enum(['active', 'frozen', 'cancelled']);
export type SubscriptionStatus = z.infer<typeof subscriptionStatus>;

const ianaName = /^(UTC|[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/;

/** The names that nearly everyone uses: to ask the platform for one costs more than reading a message. */
const usualTimeZones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);

function isTimeZone(name: string): boolean {
  if (usualTimeZones.has(name)) return true;
  if (!ianaName.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
