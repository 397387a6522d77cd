import type { ContactData } from '@recoup/contracts';
import { sql, type ContactCipher, type SealedText } from '@recoup/service-kit';

/** What an account's row keeps of its contact data. */
export interface ContactColumns {
  readonly name: string;
  readonly language: string | null;
  readonly contact: SealedText;
  /** Keyed hashes in hex, for exact match (S16). */
  readonly phoneHashes: string[];
  readonly emailHash: string | null;
}

/** Encrypts contact data for an account's row; name and language stay readable, phone and e-mail also as keyed hash. */
export function contactColumns(cipher: ContactCipher, accountId: string, data: ContactData): ContactColumns {
  return {
    name: data.name,
    language: data.language,
    contact: cipher.encrypt(accountId, data),
    phoneHashes: data.phones.map(({ number }) => cipher.phoneHash(number).toString('hex')),
    emailHash: data.email === null ? null : cipher.emailHash(data.email).toString('hex'),
  };
}

/** Hashes as an array of bytes. */
export function hexArray(hashes: readonly string[]) {
  return sql`ARRAY(SELECT decode(h, 'hex') FROM unnest(${[...hashes]}::text[]) AS h)`;
}
