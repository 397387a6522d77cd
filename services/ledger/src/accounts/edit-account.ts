import {
  editedFields,
  recordAudit,
  requireVersion,
  run,
  sql,
  type Actor,
  type Clock,
  type ContactCipher,
  type Db,
  type SentFields,
} from '@recoup/service-kit';
import { requireNotErased } from '../erasures/erased.js';
import { readAccount, type AccountView } from './account-view.js';
import { contactColumns, hexArray } from './contact-columns.js';
import { cleanContact, contactFields } from './contact-fields.js';
import { lockAccount } from './lock-account.js';
import { publishContact } from './publish-contact.js';

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
  const contact = cleanContact(editedFields(contactFields, given, { ...stored }, readOnlyFields));
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
