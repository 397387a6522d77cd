import { sql, type RawBuilder } from '@recoup/service-kit';

/** Control characters, line and paragraph separators: what no file to an agency carries, as a regular expression. */
const unwritable = String.raw`[\u0001-\u001f\u007f-\u009f\u2028\u2029]`;

/**
 * Why an account can't stand in an agency's file, or null. Such an account is skipped, since one of them would hold up the
 * whole file, or ask the agency to collect from nobody: erased; its name not there yet, for it comes by a topic of its own;
 * number or name with characters that no file carries.
 * @param account alias of the projection's accounts
 */
export function unplaceable(account: 'a' | 'account'): RawBuilder<unknown> {
  const of = sql.raw(account);
  return sql`CASE WHEN ${of}.erased_at IS NOT NULL THEN 'erased' WHEN ${of}.name IS NULL THEN 'no-name'
                  WHEN ${of}.number ~ ${unwritable}::text OR ${of}.name ~ ${unwritable}::text THEN 'not-writable' END`;
}
