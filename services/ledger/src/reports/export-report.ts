import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { recordAudit, type Actor } from '@recoup/service-kit';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import {
  readTableFormat,
  requireXlsxRows,
  tableHeaders,
  writeTable,
  type TableColumn,
} from '@recoup/service-kit/downloads/table-file';
import type { Response } from 'express';

/** A report as a file: what it is called, what its filter was, its columns and rows. */
export interface ReportFile<T> {
  readonly report: 'trial-balance' | 'gl-trial-balance' | 'agency-outstanding';
  /** What its file is called beside the report: by what it is, and of which days. */
  readonly of: readonly (string | undefined)[];
  readonly filter: object;
  readonly columns: readonly TableColumn<T>[];
  count(): Promise<number>;
  rows(): AsyncIterable<T>;
}

/** Sends reports on the books as files, row by row through a cursor: memory doesn't grow with them. */
@Injectable()
export class ExportReport {
  constructor(
    private readonly orm: MikroORM,
    private readonly slots: DownloadSlots,
  ) {}

  /**
   * Sends all that matches; `open` refuses what the report's page would. Taking data out of the house is noted; by itself,
   * so that one broken off or refused for its size is noted too.
   * @throws DomainError 400 for another format, 413 `too-many-rows` for an XLSX of more than 100,000 rows, 503 `too-many-downloads`
   */
  async send<T>(format: unknown, actor: Actor, response: Response, open: () => Promise<ReportFile<T>>): Promise<void> {
    const wanted = readTableFormat(format);
    await this.slots.send(response, async () => {
      const { report, of, filter, columns, count, rows } = await open();
      const noted = { ...filter, ...('q' in filter ? { q: '…' } : {}) };
      await recordAudit(this.orm.em.fork(), {
        actor: actor.user,
        action: `export-${report}`,
        entityType: 'report',
        after: { format: wanted, filter: noted },
      });
      if (wanted === 'xlsx') requireXlsxRows(await count());
      response.status(200).set(tableHeaders([report, ...of].filter(Boolean).join('-'), wanted));
      await writeTable(wanted, columns, rows(), response);
    });
  }
}
