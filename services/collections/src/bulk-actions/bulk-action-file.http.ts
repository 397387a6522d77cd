import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  CurrentActor,
  gone,
  IdParam,
  Needs,
  notFound,
  recordAudit,
  row,
  sql,
  stream,
  wrongState,
  type Actor,
} from '@recoup/service-kit';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import { requireXlsxRows, tableHeaders, writeTable, type TableFormat } from '@recoup/service-kit/downloads/table-file';
import type { Response } from 'express';
import { exportColumns } from '../report/export-columns.js';
import type { ExportedRow } from '../report/report.query.js';
import { exportParameters } from './actions/export.js';
import type { BulkActionView } from './bulk-action-schema.js';
import { findBulkAction } from './bulk-action-view.sql.js';

/**
 * The file of an export (BLK-12): the report's rows as they were exported, which the action kept. A CSV is the same bytes
 * whenever it is fetched; an XLSX has the same cells, only its envelope tells when it was packed.
 */
@ApiTags('bulk-actions')
@Controller('bulk-actions/:id/file')
export class BulkActionFileController {
  constructor(
    private readonly orm: MikroORM,
    private readonly slots: DownloadSlots,
  ) {}

  /**
   * Streamed, in order of account number, byte by byte; 409 `file-not-ready` until the action has ended, 410 `file-not-kept`
   * for one that ended before rows were kept. Noted in the audit.
   */
  @Needs('bulk-actions', 'export')
  @Get()
  async file(@IdParam() id: string, @CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    const action = await findBulkAction(this.orm.em.fork(), id, actor);
    if (!action) throw notFound('bulk action');
    if (action.type !== 'export')
      throw wrongState(
        'no-file',
        `${action.type} makes no file here. An export does; files to agencies are in the deliveries.`,
      );
    if (!action.finishedAt)
      throw wrongState('file-not-ready', 'The export has not ended yet.', { bulkActionStatus: action.status });
    const { format } = exportParameters.parse(action.parameters);
    if (format === 'xlsx') requireXlsxRows(action.counts.done);
    const kept = await row(this.orm.em.fork(), sql`SELECT 1 FROM exported_rows WHERE action_id = ${id} LIMIT 1`);
    if (!kept && action.counts.done > 0)
      throw gone('file-not-kept', 'This export was made before files were kept. Export the selection again.');
    await this.slots.send(response, () => this.write(action, format, actor, response));
  }

  private async write(
    { id, asOf }: BulkActionView,
    format: TableFormat,
    actor: Actor,
    response: Response,
  ): Promise<void> {
    await recordAudit(this.orm.em.fork(), {
      actor: actor.user,
      action: 'download-bulk-action-file',
      entityType: 'bulk-action',
      entityId: id,
      bulkActionId: id,
      after: { format },
    });
    const kept = stream<{ shown: ExportedRow }>(
      this.orm.em.fork(),
      sql`SELECT shown FROM exported_rows WHERE action_id = ${id} ORDER BY account_number, account_id`,
    );
    response.set(tableHeaders(`collections-report-${asOf}`, format));
    await writeTable(format, exportColumns, shownOf(kept), response);
  }
}

async function* shownOf(kept: AsyncIterable<{ shown: ExportedRow }>): AsyncGenerator<ExportedRow, void> {
  for await (const { shown } of kept) yield shown;
}
