import { sql, type RawBuilder } from '@recoup/service-kit';

/** Control characters, line and paragraph separators: what no file to an agency carries, as a regular expression. */
const unwritable = String.raw`[\u0001-\u001f\u007f-\u009f\u2028\u2029]`;

/**
 * Condition: an account's number or name can't stand in a file. Such an account is skipped (`not-writable`), since one of
 * them would hold up the whole file.
 * @param account alias of the projection's accounts
 */
export function isUnwritable(account: 'a' | 'account'): RawBuilder<unknown> {
  const of = sql.raw(account);
  return sql`(${of}.number ~ ${unwritable}::text OR coalesce(${of}.name, '') ~ ${unwritable}::text)`;
}
