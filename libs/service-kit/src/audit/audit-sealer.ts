import type { MikroORM } from '@mikro-orm/postgresql';
import type { BusLog } from '../bus/kafka.js';
import { row, sql, transaction } from '../database/database.js';

const sealEveryMs = 10_000;
const blockLinesMax = 1000;

/** A block as it was sealed; the hash is hexadecimal. */
export interface SealedBlock {
  readonly number: number;
  readonly lines: number;
  readonly hash: string;
}

/**
 * Seals the audit's new lines in blocks of at most a thousand, each 10 s (S20). One sealer a service works at a time, by
 * advisory lock; a block that could not be committed leaves its lines for the next round. Each block's hash is logged: who
 * keeps the log elsewhere can show that the chain was not made anew.
 */
export class AuditSealer {
  private timer: NodeJS.Timeout | undefined;
  private sealing: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly orm: MikroORM,
    private readonly log: BusLog,
  ) {}

  start(): void {
    this.round();
  }

  /** Seals what is left before the service ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.sealing;
    await this.sealAll();
  }

  private round(): void {
    this.sealing = this.sealAll().finally(() => {
      if (!this.stopping) this.timer = setTimeout(() => this.round(), sealEveryMs);
    });
  }

  private async sealAll(): Promise<void> {
    try {
      for (;;) {
        const block = await sealBlock(this.orm);
        if (!block) return;
        this.log('info', 'a block of the audit was sealed', {
          block: block.number,
          lines: block.lines,
          hash: block.hash,
        });
      }
    } catch (error) {
      this.log('warn', 'the audit could not be sealed; trying again', { error: String(error) });
    }
  }
}

/** Seals one block of unsealed lines; undefined when there are none, or another sealer is at work. */
export async function sealBlock(orm: MikroORM): Promise<SealedBlock | undefined> {
  return transaction(orm.em.fork(), async (tx) => {
    const lock = await row<{ mine: boolean }>(
      tx,
      sql`SELECT pg_try_advisory_xact_lock(hashtext('recoup-audit-sealer')) AS mine`,
    );
    if (!lock?.mine) return undefined;
    return row<SealedBlock>(
      tx,
      sql`WITH due AS (
            DELETE FROM audit_unsealed WHERE ctid = ANY(ARRAY(SELECT ctid FROM audit_unsealed LIMIT ${blockLinesMax}))
            RETURNING audit_id),
          lines AS (
            SELECT array_agg(a.id ORDER BY a.id) AS ids, string_agg(audit_line_digest(a), ''::bytea ORDER BY a.id) AS digests
            FROM audit a WHERE a.id IN (SELECT audit_id FROM due) HAVING count(*) > 0),
          last AS (SELECT number, hash FROM audit_blocks ORDER BY number DESC LIMIT 1)
          INSERT INTO audit_blocks (number, audit_ids, previous_hash, hash)
          SELECT coalesce(last.number, 0) + 1, lines.ids, coalesce(last.hash, ''::bytea), sha256(coalesce(last.hash, ''::bytea) || lines.digests)
          FROM lines LEFT JOIN last ON true
          RETURNING number, cardinality(audit_ids) AS lines, encode(hash, 'hex') AS hash`,
    );
  });
}
