import type { ContactData } from '@recoup/contracts';
import type { ContactCipher, SealedText } from '@recoup/service-kit';
import { bareContact, givenContact } from './contact-differences.js';
import type { ImportRow } from './parse-row.js';
import type { ReadLine } from './read-fields.js';

/**
 * A row of an account as it waits for its chunk: contact data encrypted, under the row's place, for the account may not
 * exist yet (S16); none where the row gives nothing or the same as a row of the account before it in the chunk, or when the
 * account was erased meanwhile.
 */
export interface SealedRow {
  readonly line: number;
  readonly officeCode: string;
  readonly accountNumber: string;
  readonly sealed?: SealedText;
}

/** An invoice's row as it waits. */
export interface StagedRow extends ImportRow, SealedRow {}

/** Stages the rows of a chunk, in their order: what they give of an account is sealed once. */
export function rowStager(cipher: ContactCipher, importId: string): (row: ReadLine) => object {
  const told = new Set<string>();
  return ({ contact, ...row }) => {
    if (!contact || givenContact(contact, row.accountNumber).length === 0) return row;
    const telling = JSON.stringify([row.officeCode, row.accountNumber, contact]);
    if (told.has(telling)) return row;
    told.add(telling);
    return { ...row, sealed: cipher.encrypt(placeOf(importId, row.line), contact) };
  };
}

/** The contact data of a staged row. */
export function openContact(cipher: ContactCipher, importId: string, row: SealedRow): ContactData {
  return row.sealed ? cipher.decrypt(placeOf(importId, row.line), row.sealed) : bareContact(row.accountNumber);
}

function placeOf(importId: string, line: number): string {
  return `${importId}:${line}`;
}
