import type { ContactData } from '@recoup/contracts';
import { publishAccountEvents } from '../../accounts/account-events.js';
import { compareContacts } from '../compare-contacts.js';
import { openedEvents } from '../chunk-bookings.js';
import type { ImportKind } from '../import-kind.js';
import { openAndLockAccounts } from '../import-accounts.js';
import { accountKey } from '../judge-rows.js';
import { readContact } from '../read-contact.js';
import type { SealedRow } from '../staged-row.js';

/** A row that is an account; its contact data is sealed when it is staged. */
interface AccountRow extends SealedRow {
  readonly contact?: ContactData;
}

/**
 * Files of accounts (LED-60). Office and number identify one; the rest is contact data, which an import never changes, so
 * that a row of an account that is known changes nothing; where it gives something else, that is said.
 */
export const accounts: ImportKind<AccountRow> = {
  read(fields) {
    const { officeCode } = fields.office();
    const accountNumber = fields.required('accountNumber');
    return { line: fields.line, officeCode, accountNumber, contact: readContact(fields, accountNumber) };
  },

  async book(tx, { cipher }, { importId, rows, offices }) {
    const locked = await openAndLockAccounts(tx, cipher, offices, importId, rows);
    await publishAccountEvents(tx, openedEvents(locked));
    const firstRows = new Set(new Map(rows.toReversed().map((row) => [accountKey(row), row])).values());
    const opens = (row: AccountRow): boolean => firstRows.has(row) && locked.get(accountKey(row))?.opened === true;
    const ended = Map.groupBy(rows, opens);
    const linesOf = (opened: boolean): number[] => (ended.get(opened) ?? []).map(({ line }) => line);
    const doubts = await compareContacts(tx, cipher, importId, rows, locked);
    return { booked: linesOf(true), unchanged: linesOf(false), refused: [], doubts };
  },
};
