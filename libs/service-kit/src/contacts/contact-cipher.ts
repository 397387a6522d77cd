import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { contactData, type ContactData } from '@recoup/contracts';
import { z } from 'zod';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** The file that `RECOUP_CONTACT_KEYS` names: 32-byte keys in base64 by id, and which one encrypts now. */
const keyRingFile = z
  .strictObject({ current: z.string().min(1).max(40), keys: z.record(z.string().min(1).max(40), z.base64()) })
  .refine(({ current, keys }) => keys[current] !== undefined, 'current must be the id of one of the keys')
  .refine(
    ({ keys }) => Object.values(keys).every((key) => Buffer.from(key, 'base64').length === keyBytes),
    'each key must be 32 bytes in base64',
  );

/** The key file's content. */
export type ContactKeys = z.infer<typeof keyRingFile>;

/** Encrypted text as columns and the contacts topic hold it; nonce and ciphertext (with its tag) in base64. */
export interface SealedText {
  readonly keyId: string;
  readonly nonce: string;
  readonly ciphertext: string;
}

/**
 * Encrypts personal data at rest and on the bus with AES-256-GCM (S16, S17). The account id is the additional data, so
 * that a row copied to another account does not decrypt. Rotation: add a key, make it current, re-encrypt; old keys
 * of the ring still decrypt.
 */
export class ContactCipher {
  /** As key objects: made once, they cost half of what a key in a buffer costs at each use. */
  private readonly keys: ReadonlyMap<string, KeyObject>;
  private readonly hashKeys: ReadonlyMap<string, Buffer>;
  readonly currentKeyId: string;

  /** @throws ZodError when the keys are not usable; it names no key. */
  constructor(keys: ContactKeys) {
    const ring = keyRingFile.parse(keys);
    this.currentKeyId = ring.current;
    const bytes = Object.entries(ring.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')] as const);
    this.keys = new Map(bytes.map(([id, key]) => [id, createSecretKey(key)]));
    this.hashKeys = new Map(bytes.map(([id, key]) => [id, hashKeyOf(key)]));
  }

  /** The cipher of a key file. */
  static fromFile(path: string): ContactCipher {
    const ring: ContactKeys = JSON.parse(readFileSync(path, 'utf8'));
    return new ContactCipher(ring);
  }

  /** Encrypts an account's contact data under the current key. */
  encrypt(accountId: string, data: ContactData): SealedText {
    return this.seal(accountId, JSON.stringify(data));
  }

  /**
   * Decrypts contact data with whichever key of the ring it names.
   * @throws Error when the key is unknown, the account is another, or anything was altered
   */
  decrypt(accountId: string, sealed: SealedText): ContactData {
    return contactData.parse(JSON.parse(this.open(accountId, sealed)));
  }

  /** Encrypts any text that belongs to an account, such as a message body. */
  seal(accountId: string, text: string): SealedText {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.key(this.currentKeyId), nonce, { authTagLength: tagBytes });
    cipher.setAAD(additionalData(accountId));
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { keyId: this.currentKeyId, nonce: nonce.toString('base64'), ciphertext: ciphertext.toString('base64') };
  }

  /** Decrypts what `seal` made. */
  open(accountId: string, sealed: SealedText): string {
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    if (bytes.length < tagBytes) throw new Error('The ciphertext is too short to be whole');
    const nonce = Buffer.from(sealed.nonce, 'base64');
    const decipher = createDecipheriv(algorithm, this.key(sealed.keyId), nonce, { authTagLength: tagBytes });
    decipher.setAAD(additionalData(accountId));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  }

  /** Keyed hash of a phone number under the current key, to be stored for exact match; 32 bytes. */
  phoneHash(number: string): Buffer {
    return this.hash(this.currentKeyId, 'phone', normalPhone(number));
  }

  /** Keyed hash of an e-mail address under the current key; 32 bytes. */
  emailHash(address: string): Buffer {
    return this.hash(this.currentKeyId, 'email', normalEmail(address));
  }

  /** The hashes of a number under every key of the ring, to look up rows not yet re-encrypted. */
  phoneHashes(number: string): Buffer[] {
    return [...this.keys.keys()].map((id) => this.hash(id, 'phone', normalPhone(number)));
  }

  /** The hashes of an address under every key of the ring. */
  emailHashes(address: string): Buffer[] {
    return [...this.keys.keys()].map((id) => this.hash(id, 'email', normalEmail(address)));
  }

  private hash(keyId: string, kind: 'phone' | 'email', value: string): Buffer {
    const key = this.hashKeys.get(keyId);
    if (!key) throw new Error(`There is no contact key ${keyId}`);
    return createHmac('sha256', key).update(`${kind}:${value}`, 'utf8').digest();
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id);
    if (!key) throw new Error(`There is no contact key ${id}`);
    return key;
  }
}

/** A fresh ring with one key, for local starts and tests. */
export function newContactKeys(id = 'k1'): ContactKeys {
  return { current: id, keys: { [id]: randomBytes(keyBytes).toString('base64') } };
}

/** A key for hashes of its own, derived, so that one key never serves two algorithms. */
function hashKeyOf(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'recoup contact hash', keyBytes));
}

function additionalData(accountId: string): Buffer {
  return Buffer.from(accountId.toLowerCase(), 'utf8');
}

/** Digits with a leading + where there is one; `00` abroad means the same. */
function normalPhone(number: string): string {
  const kept = number.normalize('NFKC').replace(/[^\d+]/g, '');
  const digits = kept.replaceAll('+', '');
  if (kept.startsWith('+')) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

function normalEmail(address: string): string {
  return address.normalize('NFC').trim().toLowerCase();
}
