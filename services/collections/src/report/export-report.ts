import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import exceljs from 'exceljs';
import { recordAudit, row, sql, stream, tooLarge, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import { exportColumns } from './export-columns.js';
import { ReadReport } from './read-report.js';
import { reportColumns, reportRelation, type ReportRow } from './report.query.js';
import { ReportSnapshots } from './report-snapshots.js';
import type { ReportQuery } from './report-list.js';

export type ExportFormat = 'csv' | 'xlsx';
export const xlsxRowsMax = 100_000;

export const exportContentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

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
    format: ExportFormat,
    actor: Actor,
    begin: (headers: Record<string, string>) => Writable,
  ): Promise<void> {
    const { snapshot, where, headers } = await this.report.open(query.values, actor);
    const matching = sql`FROM ${reportRelation(snapshot, query.values)} WHERE ${where}`;
    // Before the snapshot is held: who holds one connection must not wait for another, or all may wait for ever.
    await this.note(query, format, actor);
    await this.snapshots.read(snapshot, async (tx) => {
      if (format === 'xlsx') await requireFewRows(tx, matching);
      const found = stream<ReportRow>(tx, sql`SELECT ${reportColumns} ${matching} ${query.orderBy}`);
      const name = `collections-report-${snapshot.asOf}.${format}`;
      const out = begin({
        ...headers,
        'Content-Type': exportContentTypes[format],
        'Content-Disposition': `attachment; filename="${name}"`,
      });
      await (format === 'csv' ? writeCsv(found, out) : writeXlsx(found, out));
    });
  }

  /** Taking data out of the house is noted; by itself, so that one broken off or refused for its size is noted too. */
  private async note({ values }: ReportQuery, format: ExportFormat, actor: Actor): Promise<void> {
    await recordAudit(this.orm.em.fork(), {
      actor: actor.user,
      action: 'export-report',
      entityType: 'report',
      after: { format, filter: { ...values, ...(values.q === undefined ? {} : { q: '…' }) } },
    });
  }
}

/** Text that a spreadsheet would take for a formula is made plain text (S13). */
export async function writeCsv(found: AsyncIterable<ReportRow>, out: Writable): Promise<void> {
  const csv = stringify({ header: true, columns: exportColumns.map(({ heading }) => heading), escape_formulas: true });
  await pipeline(Readable.from(lines(found)), csv, out);
}

async function* lines(found: AsyncIterable<ReportRow>): AsyncGenerator<string[]> {
  for await (const each of found) yield exportColumns.map((column) => column.value(each));
}

/** Cells are typed: text is never a formula, and amounts are numbers that a spreadsheet can add up. */
export async function writeXlsx(found: AsyncIterable<ReportRow>, out: Writable): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false, useStyles: false });
  const sheet = workbook.addWorksheet('Report');
  sheet.addRow(exportColumns.map(({ heading }) => heading)).commit();
  for await (const each of found) {
    const cells = exportColumns.map((column) => {
      const value = column.value(each);
      return column.kind === 'text' || value === '' ? value : Number(value);
    });
    sheet.addRow(cells).commit();
    if (out.destroyed) throw new Error('The download was broken off');
    if (out.writableNeedDrain) await drained(out);
  }
  await workbook.commit();
}

function drained(out: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      out.off('drain', done).off('close', done);
      resolve();
    };
    out.on('drain', done).on('close', done);
  });
}

async function requireFewRows(tx: Db, matching: RawBuilder<unknown>): Promise<void> {
  const counted = await row<{ count: number }>(tx, sql`SELECT count(*) AS count ${matching}`);
  if (!counted || counted.count <= xlsxRowsMax) return;
  throw tooLarge(
    'too-many-rows',
    `The selection has ${counted.count} rows; an XLSX file takes at most ${xlsxRowsMax}. Export it as CSV, or narrow the filter.`,
  );
}
