import {
  againstRule,
  recordAudit,
  row,
  run,
  seesOffice,
  sql,
  wrongState,
  type Actor,
  type ContactCipher,
  type Db,
} from '@recoup/service-kit';
import { z } from 'zod';
import { newId } from '../postings/book-transactions.js';
import { publishAccountEvents } from './account-events.js';
import { readAccount, type AccountView } from './account-view.js';
import { accountStatusChange } from './change-account.js';
import { contactColumns, hexArray } from './contact-columns.js';
import { cleanContact, contactFields } from './contact-fields.js';
import { lineOfText as line } from './plain-text.js';
import { publishContact } from './publish-contact.js';

export const newAccount = contactFields.extend({
  officeCode: z.string().min(1).max(40),
  number: line,
  status: accountStatusChange.shape.status.default('active'),
  statementHold: z.boolean().default(false),
});

/** Opens an account in an office, in the office's currency (LED-20). @throws DomainError 422 `unknown-office`, 409 */
export async function openAccount(
  tx: Db,
  cipher: ContactCipher,
  actor: Actor,
  given: z.infer<typeof newAccount>,
): Promise<AccountView> {
  const { officeCode, number, status, statementHold, ...contact } = given;
  const office = seesOffice(actor, officeCode)
    ? await row<{ id: string; currency: string }>(tx, sql`SELECT id, currency FROM offices WHERE code = ${officeCode}`)
    : undefined;
  if (!office)
    throw againstRule('unknown-office', `${officeCode} is not an office that you may book to.`, [
      { field: 'officeCode', message: 'is not known', expected: 'a code of GET offices' },
    ]);
  const id = await newId(tx);
  const { name, language, phoneHashes, emailHash, contact: sealed } = contactColumns(cipher, id, cleanContact(contact));
  const made = await run(
    tx,
    sql`INSERT INTO accounts (id, office_id, number, name, language, status, statement_hold, currency, contact, phone_hashes, email_hash)
        VALUES (${id}, ${office.id}, ${number}, ${name}, ${language}, ${status}, ${statementHold}, ${office.currency},
                ${JSON.stringify(sealed)}::jsonb, ${hexArray(phoneHashes)}, decode(${emailHash}, 'hex'))
        ON CONFLICT (office_id, number) DO NOTHING`,
  );
  if (made === 0)
    throw wrongState(
      'account-number-taken',
      `The office already has an account ${number}; numbers are unique within an office.`,
    );
  const data = { accountId: id, officeId: office.id, number, currency: office.currency, status, statementHold };
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.account-opened.v1', data }]);
  await publishContact(tx, id, sealed);
  await recordAudit(tx, {
    actor: actor.user,
    action: 'open-account',
    entityType: 'account',
    entityId: id,
    accountId: id,
    after: { number, officeCode },
  });
  return readAccount(tx, cipher, id, actor);
}
