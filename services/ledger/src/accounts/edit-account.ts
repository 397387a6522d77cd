import { contactData, type ContactData } from '@recoup/contracts';
import {
  againstRule,
  correlationId,
  editedFields,
  notFound,
  publish,
  recordAudit,
  requireVersion,
  row,
  run,
  seesOffice,
  sql,
  wrongState,
  type Actor,
  type Clock,
  type ContactCipher,
  type Db,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { requireNotErased } from '../erasures/erased.js';
import { newId } from '../postings/book-transactions.js';
import { publishAccountEvents } from './account-events.js';
import { readAccount, type AccountView } from './account-view.js';
import { accountStatusChange } from './change-account.js';
import { contactColumns } from './contact-columns.js';
import { lockAccount } from './lock-account.js';
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

export const newAccount = contactFields.extend({
  officeCode: z.string().min(1).max(40),
  number: line,
  status: accountStatusChange.shape.status.default('active'),
  statementHold: z.boolean().default(false),
});

/** What a PUT may carry unchanged: react-admin sends a record back whole. */
const readOnlyFields = [
  'id',
  'number',
  'officeCode',
  'currency',
  'status',
  'statementHold',
  'version',
  'erasedAt',
] as const;

/** What a PUT may carry as it was read: these move with the books while a person edits, so they aren't compared. */
const derivedFields = ['balance', 'credit', 'disputed'] as const;

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
  const { name, language, phoneHashes, emailHash, contact: sealed } = contactColumns(cipher, id, clean(contact));
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

/** Changes an account's contact data; everything else of it is moved by commands. @throws DomainError 400 `read-only`, 404, 409 `erased`, 412 */
export async function editAccount(
  tx: Db,
  parts: { clock: Clock; cipher: ContactCipher },
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<AccountView> {
  const account = await lockAccount(tx, parts.clock, actor, id);
  requireNotErased(account);
  requireVersion(ifMatch, account.version);
  const stored = await readAccount(tx, parts.cipher, id, actor);
  const given = { ...input };
  for (const field of derivedFields) delete given[field];
  const contact = clean(editedFields(contactFields, given, { ...stored }, readOnlyFields));
  const { name, language, phoneHashes, emailHash, contact: sealed } = contactColumns(parts.cipher, id, contact);
  await run(
    tx,
    sql`UPDATE accounts SET name = ${name}, language = ${language}, contact = ${JSON.stringify(sealed)}::jsonb,
          phone_hashes = ${hexArray(phoneHashes)}, email_hash = decode(${emailHash}, 'hex'), version = version + 1
        WHERE id = ${id}`,
  );
  await publishContact(tx, id, sealed);
  await recordAudit(tx, {
    actor: actor.user,
    action: 'edit-account',
    entityType: 'account',
    entityId: id,
    accountId: id,
  });
  return readAccount(tx, parts.cipher, id, actor);
}

/** Publishes an account's contact data under its own next number; the account's row is locked. */
async function publishContact(
  tx: Db,
  id: string,
  sealed: { keyId: string; nonce: string; ciphertext: string },
): Promise<void> {
  const moved = await row<{ sequence: number }>(
    tx,
    sql`UPDATE accounts SET contact_sequence = contact_sequence + 1 WHERE id = ${id} RETURNING contact_sequence AS sequence`,
  );
  if (!moved) throw notFound('account');
  const data = { accountId: id, ...sealed };
  const { sequence } = moved;
  await publish(tx, [
    { type: 'recoup.ledger.contact-changed.v1', key: id, subject: id, sequence, data, correlationId: correlationId() },
  ]);
}

function clean(contact: z.infer<typeof contactFields>): ContactData {
  return contactData.parse(JSON.parse(JSON.stringify(contact)));
}

function hexArray(hashes: readonly string[]) {
  return sql`ARRAY(SELECT decode(h, 'hex') FROM unnest(${[...hashes]}::text[]) AS h)`;
}
