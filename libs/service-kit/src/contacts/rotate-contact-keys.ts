import type { MikroORM } from '@mikro-orm/postgresql';
import type { BusLog } from '../bus/kafka.js';
import { transaction, type Db } from '../database/database.js';
import type { ContactCipher, SealedText } from './contact-cipher.js';

const chunkRows = 1000;
const againAfterMs = 3600_000;
const retryAfterMs = 5000;

/** A row under another key than the current one; `place` orders it among its kind, `binding` is what it was sealed for. */
export interface SealedRow {
  readonly place: string;
  readonly binding: string;
  readonly sealed: SealedText;
}

/** A row with what it says. */
export interface OpenedRow extends SealedRow {
  readonly text: string;
}

/** Where a service keeps sealed text, and how it is read and written there in chunks. */
export interface SealedRows {
  readonly keptIn: string;
  /** A place before all others. */
  readonly first: string;
  /** At most `limit` rows after a place whose key is not `keyId`, in order, locked; rows that others hold are left out. */
  take(tx: Db, keyId: string, after: string, limit: number): Promise<SealedRow[]>;
  /** Writes rows under the current key. */
  keep(tx: Db, cipher: ContactCipher, rows: readonly OpenedRow[]): Promise<void>;
}

/** What a round did: rows now under the current key, and rows whose key the ring lacks. */
export interface Rotated {
  readonly rows: number;
  readonly unreadable: number;
}

/**
 * Brings what is sealed under older keys of the ring under the current one, a chunk a transaction (S16). Cut off anywhere
 * it goes on from what is left; twice, or by two replicas at once, it changes nothing more.
 * @param stopped asked before each chunk
 */
export async function rotateContactKeys(
  orm: MikroORM,
  cipher: ContactCipher,
  kinds: readonly SealedRows[],
  stopped: () => boolean = () => false,
): Promise<Rotated> {
  const sum = { rows: 0, unreadable: 0 };
  for (const kind of kinds) {
    for (let after: string | undefined = kind.first; after !== undefined && !stopped();) {
      const chunk = await rotateChunk(orm, cipher, kind, after);
      sum.rows += chunk.rows;
      sum.unreadable += chunk.unreadable;
      after = chunk.last;
    }
  }
  return sum;
}

async function rotateChunk(
  orm: MikroORM,
  cipher: ContactCipher,
  kind: SealedRows,
  after: string,
): Promise<Rotated & { last: string | undefined }> {
  return transaction(orm.em.fork(), async (tx) => {
    const taken = await kind.take(tx, cipher.currentKeyId, after, chunkRows);
    const opened = taken.flatMap((each) => openedRow(cipher, each));
    if (opened.length > 0) await kind.keep(tx, cipher, opened);
    return { rows: opened.length, unreadable: taken.length - opened.length, last: taken.at(-1)?.place };
  });
}

function openedRow(cipher: ContactCipher, row: SealedRow): OpenedRow[] {
  try {
    return [{ ...row, text: cipher.open(row.binding, row.sealed) }];
  } catch {
    return [];
  }
}

/** Places and new ciphertexts as the JSON that a set-based UPDATE reads: `(place text, sealed jsonb)`. */
export function resealed(cipher: ContactCipher, rows: readonly OpenedRow[]): string {
  return JSON.stringify(rows.map(({ place, binding, text }) => ({ place, sealed: cipher.seal(binding, text) })));
}

/**
 * Rotates when a service starts, for a new key comes with a restart, and each hour after it: a replica that still knew
 * the old key only may have written meanwhile.
 */
export class KeyRotation {
  private timer: NodeJS.Timeout | undefined;
  private rotating: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly orm: MikroORM,
    private readonly cipher: ContactCipher,
    private readonly kinds: readonly SealedRows[],
    private readonly log: BusLog,
  ) {}

  start(): void {
    this.rotating = this.round().then((pauseMs) => {
      if (!this.stopping) this.timer = setTimeout(() => this.start(), pauseMs);
    });
  }

  /** Ends after the chunk under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.rotating;
  }

  private async round(): Promise<number> {
    try {
      const { rows, unreadable } = await rotateContactKeys(this.orm, this.cipher, this.kinds, () => this.stopping);
      if (rows > 0) this.log('info', 'contact data were brought under the current key', { rows });
      if (unreadable > 0) this.log('error', 'contact data are under keys that the ring lacks', { rows: unreadable });
      return rows > 0 ? retryAfterMs : againAfterMs;
    } catch (error) {
      this.log('warn', 'contact keys could not be rotated; trying again', { error: String(error) });
      return retryAfterMs;
    }
  }
}
