import type { ContactData } from '@recoup/contracts';
import type { ContactCipher, SealedText } from '@recoup/service-kit';
import type { ImportRow } from './parse-row.js';
import type { ReadLine } from './read-fields.js';

/**
 * A row of an account as it waits for its chunk: contact data encrypted, under the row's place, for the account may not
 * exist yet (S16); none when the account was erased meanwhile.
 */
export interface SealedRow {
  readonly line: number;
  readonly officeCode: string;
  readonly accountNumber: string;
  readonly sealed?: SealedText;
}

/** An invoice's row as it waits. */
export interface StagedRow extends ImportRow, SealedRow {}

/** The row as it is staged. */
export function stageRow(cipher: ContactCipher, importId: string, { contact, ...row }: ReadLine): object {
  return contact ? { ...row, sealed: cipher.encrypt(placeOf(importId, row.line), contact) } : row;
}

/** The contact data of a staged row. */
export function openContact(cipher: ContactCipher, importId: string, row: SealedRow): ContactData {
  if (!row.sealed) throw new Error(`The contact data of line ${row.line} was erased, but its account is not known`);
  return cipher.decrypt(placeOf(importId, row.line), row.sealed);
}

function placeOf(importId: string, line: number): string {
  return `${importId}:${line}`;
}
