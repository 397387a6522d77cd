import { unavailable } from '../http/problem.js';

/** Downloads that a replica serves at a time. */
export const downloadsMax = 4;
const retryAfterSeconds = 10;

type WithHeaders = { setHeader(name: string, value: string): unknown };
type Breakable = WithHeaders & { readonly headersSent: boolean; destroy(): unknown };

/**
 * Each download holds a database connection for as long as its reader takes: without a limit a few slow readers would
 * have all of them, and nobody else could work.
 */
export class DownloadSlots {
  private taken = 0;

  /**
   * Runs a download, which may itself hold one connection and must not ask for a second.
   * @throws DomainError 503 `too-many-downloads` with Retry-After while four are under way
   */
  async use(response: WithHeaders, download: () => Promise<void>): Promise<void> {
    if (this.taken >= downloadsMax) {
      response.setHeader('Retry-After', String(retryAfterSeconds));
      throw unavailable('too-many-downloads', 'Several downloads are under way already. Try again in a moment.');
    }
    this.taken += 1;
    try {
      await download();
    } finally {
      this.taken -= 1;
    }
  }

  /**
   * The same for one that may fail half-way: what was sent can't be taken back, so the download breaks off, which its
   * reader notices.
   */
  async send(response: Breakable, download: () => Promise<void>): Promise<void> {
    try {
      await this.use(response, download);
    } catch (error) {
      if (!response.headersSent) throw error;
      response.destroy();
    }
  }
}
