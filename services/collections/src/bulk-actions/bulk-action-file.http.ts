import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  CurrentActor,
  IdParam,
  Needs,
  notFound,
  officeScope,
  recordAudit,
  sql,
  stream,
  wrongState,
  type Actor,
} from '@recoup/service-kit';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import { requireXlsxRows, tableHeaders, writeTable, type TableFormat } from '@recoup/service-kit/downloads/table-file';
import type { Response } from 'express';
import { exportColumns } from '../report/export-columns.js';
import { reportColumns, reportRelation, type ReportRow } from '../report/report.query.js';
import { ReportSnapshots } from '../report/report-snapshots.js';
import { exportParameters } from './actions/export.js';
import type { BulkActionView } from './bulk-action-schema.js';
import { findBulkAction } from './bulk-action-view.sql.js';

/** The file of an export (BLK-12): the report's rows of the accounts that were exported, as of the action's date. */
@ApiTags('bulk-actions')
@Controller('bulk-actions/:id/file')
export class BulkActionFileController {
  constructor(
    private readonly orm: MikroORM,
    private readonly snapshots: ReportSnapshots,
    private readonly slots: DownloadSlots,
  ) {}

  /** Streamed, in order of account number; 409 `file-not-ready` until the action has ended. Noted in the audit. */
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
    const snapshot = await this.snapshots.ofDay(asOf);
    await this.snapshots.read(snapshot, async (tx) => {
      const found = stream<ReportRow>(
        tx,
        sql`SELECT ${reportColumns} FROM ${reportRelation(snapshot, {})} JOIN bulk_action_items item ON item.account_id = s.account_id
            WHERE item.action_id = ${id} AND item.status = 'done' AND ${officeScope(actor, sql`o.code`)} ORDER BY a.number, s.account_id`,
      );
      response.set(tableHeaders(`collections-report-${asOf}`, format));
      await writeTable(format, exportColumns, found, response);
    });
  }
}
