import { Injectable } from '@nestjs/common';
import {
  Clock,
  ContactCipher,
  row,
  sql,
  type ChunkCounts,
  type ChunkRow,
  type Db,
  type RunKind,
  type RunRow,
} from '@recoup/service-kit';
import { bookChunk } from './book-chunk.js';
import { mappingSchema, type Mapping } from './mapping.js';

/** Imports as runs: a chunk of staged rows is booked in one transaction, rows that could not be read count as failed. */
@Injectable()
export class ImportRun implements RunKind {
  readonly kind = 'import';

  constructor(
    private readonly clock: Clock,
    private readonly cipher: ContactCipher,
  ) {}

  async executeChunk(tx: Db, run: RunRow, { number: chunk, items }: ChunkRow): Promise<ChunkCounts> {
    const mapping = await this.mappingOf(tx, run.id);
    const parts = { clock: this.clock, cipher: this.cipher };
    const { booked, unchanged } = await bookChunk(tx, parts, { importId: run.id, chunk, mapping, actor: run.actor });
    return { done: booked, skipped: unchanged, failed: items - booked - unchanged, amount: 0 };
  }

  /** Nothing is left to do: each chunk took its staged rows with it. */
  async finish(): Promise<void> {}

  private async mappingOf(tx: Db, importId: string): Promise<Mapping> {
    const found = await row<{ mapping: unknown }>(tx, sql`SELECT mapping FROM imports WHERE id = ${importId}`);
    return mappingSchema.parse(found?.mapping);
  }
}
