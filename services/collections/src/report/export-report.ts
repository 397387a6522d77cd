import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Writable } from 'node:stream';
import { recordAudit, row, sql, stream, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import { requireXlsxRows, tableHeaders, writeTable, type TableFormat } from '@recoup/service-kit/downloads/table-file';
import { exportColumns } from './export-columns.js';
import { ReadReport, versionHeader } from './read-report.js';
import { exportedColumns, reportRelation, type ExportedRow } from './report.query.js';
import { ReportSnapshots } from './report-snapshots.js';
import type { ReportQuery } from './report-list.js';

/** Writes the whole selection as a file, row by row through a cursor: memory doesn't grow with it (REP-5). */
@Injectable()
export class ExportReport {
  constructor(
    private readonly orm: MikroORM,
    private readonly report: ReadReport,
    private readonly snapshots: ReportSnapshots,
  ) {}

  /**
   * Writes to `out`; `begin` is called with the headers once nothing can be refused any more. Rows and order are those of
   * the screen with the same filter and sort.
   * @throws DomainError 413 `too-many-rows` for an XLSX of more than 100,000 rows, and what the report refuses
   */
  async write(
    query: ReportQuery,
    format: TableFormat,
    actor: Actor,
    begin: (headers: Record<string, string>) => Writable,
  ): Promise<void> {
    const { snapshot, where, headers } = await this.report.open(query.values, actor);
    const matching = sql`FROM ${reportRelation(snapshot, query.values)} WHERE ${where}`;
    // Before the snapshot is held: who holds one connection must not wait for another, or all may wait for ever.
    await this.note(query, format, actor);
    await this.snapshots.read(snapshot, async (tx, _table, version) => {
      if (format === 'xlsx') await requireFewRows(tx, matching);
      const found = stream<ExportedRow>(tx, sql`SELECT ${exportedColumns} ${matching} ${query.orderBy}`);
      const out = begin({
        ...headers,
        ...versionHeader(version),
        ...tableHeaders(`collections-report-${snapshot.asOf}`, format),
      });
      await writeTable(format, exportColumns, found, out);
    });
  }

  /** Taking data out of the house is noted; by itself, so that one broken off or refused for its size is noted too. */
  private async note({ values }: ReportQuery, format: TableFormat, actor: Actor): Promise<void> {
    await recordAudit(this.orm.em.fork(), {
      actor: actor.user,
      action: 'export-report',
      entityType: 'report',
      after: { format, filter: { ...values, ...(values.q === undefined ? {} : { q: '…' }) } },
    });
  }
}

async function requireFewRows(tx: Db, matching: RawBuilder<unknown>): Promise<void> {
  const counted = await row<{ count: number }>(tx, sql`SELECT count(*) AS count ${matching}`);
  requireXlsxRows(counted?.count ?? 0);
}
