import type { ContactData } from '@recoup/contracts';
import type { ContactCipher, SealedText } from '@recoup/service-kit';
import type { ImportRow, ReadRow } from './parse-row.js';

/**
 * A row as it waits for its chunk: contact data encrypted, under the row's place, for the account may not exist yet (S16);
 * none when the account was erased meanwhile.
 */
export interface StagedRow extends ImportRow {
  readonly sealed?: SealedText;
}

/** The row as it is staged. */
export function stageRow(cipher: ContactCipher, importId: string, { contact, ...row }: ReadRow): StagedRow {
  return { ...row, sealed: cipher.encrypt(placeOf(importId, row.line), contact) };
}

/** The contact data of a staged row. */
export function openContact(cipher: ContactCipher, importId: string, row: StagedRow): ContactData {
  if (!row.sealed) throw new Error(`The contact data of line ${row.line} was erased, but its account is not known`);
  return cipher.decrypt(placeOf(importId, row.line), row.sealed);
}

function placeOf(importId: string, line: number): string {
  return `${importId}:${line}`;
}
