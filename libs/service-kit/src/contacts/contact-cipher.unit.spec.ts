import { describe, expect, it } from '@jest/globals';
import { contactData } from '@recoup/contracts';
import { ContactCipher, newContactKeys, type SealedText } from './contact-cipher.js';

const account = '0190b0a0-0000-7000-8000-000000000001';
const other = '0190b0a0-0000-7000-8000-000000000002';
const data = contactData.parse({
  name: 'Ana Núñez',
  phones: [{ number: '+1 212 555 0100' }],
  email: 'ana@example.org',
});

describe('the contact cipher', () => {
  const keys = newContactKeys('k1');
  const cipher = new ContactCipher(keys);

  it('gives back what it encrypted, with a fresh 12-byte nonce each time and nothing in clear', () => {
    const [one, two] = [cipher.encrypt(account, data), cipher.encrypt(account, data)];
    expect(cipher.decrypt(account, one)).toEqual(data);
    expect(one.keyId).toBe('k1');
    expect(Buffer.from(one.nonce, 'base64')).toHaveLength(12);
    expect(one.nonce).not.toBe(two.nonce);
    expect(Buffer.from(one.ciphertext, 'base64').toString('latin1')).not.toContain('example');
  });

  it('refuses another account, an altered text, a cut one and an unknown key', () => {
    const sealed = cipher.encrypt(account, data);
    const altered = Buffer.from(sealed.ciphertext, 'base64');
    altered[0] = (altered[0] ?? 0) ^ 1;
    const bad: [string, SealedText][] = [
      [other, sealed],
      [account, { ...sealed, ciphertext: altered.toString('base64') }],
      [account, { ...sealed, ciphertext: sealed.ciphertext.slice(0, 8) }],
      [account, { ...sealed, keyId: 'k9' }],
    ];
    for (const [id, text] of bad)
      expect(() => cipher.decrypt(id, text)).toThrow(/authenticate|too short|no contact key/);
  });

  it('decrypts with an old key of the ring after rotation, and encrypts with the new one', () => {
    const old = cipher.encrypt(account, data);
    const rotated = new ContactCipher({ current: 'k2', keys: { ...keys.keys, ...newContactKeys('k2').keys } });
    expect(rotated.decrypt(account, old)).toEqual(data);
    expect(rotated.encrypt(account, data).keyId).toBe('k2');
    expect(rotated.phoneHashes('+12125550100').map(hex)).toContain(hex(cipher.phoneHash('+12125550100')));
    expect(hex(rotated.phoneHash('+12125550100'))).not.toBe(hex(cipher.phoneHash('+12125550100')));
  });

  it('hashes a number or address alike however it is written, and only under the same key', () => {
    expect(hex(cipher.phoneHash('+1 (212) 555-0100'))).toBe(hex(cipher.phoneHash('0012125550100')));
    expect(hex(cipher.emailHash(' Ana@Example.org '))).toBe(hex(cipher.emailHash('ana@example.org')));
    expect(hex(cipher.phoneHash('5'))).not.toBe(hex(cipher.emailHash('5')));
    expect(hex(new ContactCipher(newContactKeys()).phoneHash('5'))).not.toBe(hex(cipher.phoneHash('5')));
  });

  it('refuses a ring with a short key or without its current one', () => {
    expect(() => new ContactCipher({ current: 'a', keys: { a: Buffer.alloc(16).toString('base64') } })).toThrow(
      '32 bytes',
    );
    expect(() => new ContactCipher({ ...keys, current: 'b' })).toThrow('current');
  });
});

function hex(bytes: Buffer): string {
  return bytes.toString('hex');
}
