import type { IncomingMessage, ServerResponse } from 'node:http';
import { CompactEncrypt, compactDecrypt } from 'jose';

const chunkCharacters = 3_500;
const maximumChunks = 5;

/**
 * Encrypted cookies (JWE, `dir`, A256GCM). The purpose is part of the content, so that a cookie made for one use is
 * refused for another. A browser keeps some 4,000 characters a cookie; longer values (Keycloak's tokens) are cut into
 * `name`, `name-1`, ….
 */
export class Cookies {
  constructor(
    private readonly key: Uint8Array,
    private readonly secure: boolean,
  ) {}

  /** `__Host-` ties a cookie to this host, path and https; a browser refuses it on plain http. */
  nameOf(name: string): string {
    return this.secure ? `__Host-${name}` : name;
  }

  /** The content of the cookie, or undefined when there is none, or one that we didn't make. */
  async read(request: IncomingMessage, name: string): Promise<unknown> {
    const cookies = parseCookies(request.headers.cookie);
    let sealed = '';
    for (let chunk = 0; chunk < maximumChunks; chunk += 1) {
      const part = cookies.get(this.chunkName(name, chunk));
      if (part === undefined || part === '') break;
      sealed += part;
    }
    if (sealed === '') return undefined;
    try {
      const { plaintext } = await compactDecrypt(sealed, this.key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      const { purpose, value } = JSON.parse(new TextDecoder().decode(plaintext)) as { purpose: string; value: unknown };
      return purpose === name ? value : undefined;
    } catch {
      return undefined;
    }
  }

  /** Writes the cookie; without `maximumAgeSeconds` it ends with the browser. */
  async write(response: ServerResponse, name: string, value: unknown, maximumAgeSeconds?: number): Promise<void> {
    const content = new TextEncoder().encode(JSON.stringify({ purpose: name, value }));
    const header = { alg: 'dir', enc: 'A256GCM' };
    const sealed = await new CompactEncrypt(content).setProtectedHeader(header).encrypt(this.key);
    const chunks = Math.ceil(sealed.length / chunkCharacters);
    if (chunks > maximumChunks) throw new Error(`The cookie ${name} would be too long: ${sealed.length} characters`);
    for (let chunk = 0; chunk < maximumChunks; chunk += 1) {
      const part = sealed.slice(chunk * chunkCharacters, (chunk + 1) * chunkCharacters);
      // A chunk that a longer, earlier value left behind would be read as the end of this one.
      this.set(response, this.chunkName(name, chunk), part, part === '' ? 0 : maximumAgeSeconds);
      if (part === '') break;
    }
  }

  clear(request: IncomingMessage, response: ServerResponse, name: string): void {
    const present = parseCookies(request.headers.cookie);
    for (let chunk = 0; chunk < maximumChunks; chunk += 1) {
      const chunkName = this.chunkName(name, chunk);
      if (present.has(chunkName)) this.set(response, chunkName, '', 0);
    }
  }

  private chunkName(name: string, chunk: number): string {
    return chunk === 0 ? this.nameOf(name) : `${this.nameOf(name)}-${chunk}`;
  }

  private set(response: ServerResponse, name: string, value: string, maximumAgeSeconds: number | undefined): void {
    const age = maximumAgeSeconds === undefined ? '' : `; Max-Age=${maximumAgeSeconds}`;
    const secure = this.secure ? '; Secure' : '';
    response.appendHeader('Set-Cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`);
  }
}

/** Cookies of a request by name. */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return cookies;
}
