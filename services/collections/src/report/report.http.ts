import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { businessDate } from '@recoup/contracts';
import {
  CurrentActor,
  IdParam,
  idempotent,
  Keyed,
  ListParam,
  Needs,
  notFound,
  type Actor,
  type Answer,
  type KeyedRequest,
} from '@recoup/service-kit';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import { readTableFormat, type TableFormat } from '@recoup/service-kit/downloads/table-file';
import type { Response } from 'express';
import { z } from 'zod';
import { askedExport, exportTicket, findAskedExport, keepAskedExport, type AskedExport } from './asked-exports.js';
import { ExportReport } from './export-report.js';
import { ReadReport, type ReportCounts } from './read-report.js';
import { ReportInvoices, type ReportInvoice } from './report-invoices.js';
import { reportList, type ReportQuery } from './report-list.js';
import type { ReportRow, ReportTotals } from './report.query.js';

const invoicesQuery = z.strictObject({ asOf: businessDate.optional() });

/**
 * The Collections report (REP-1 to REP-5): accounts with a balance as of a day. Answers carry `Recoup-Current-As-Of` (the
 * instant up to which the ledger's events are in it), `Recoup-Events-Behind` and `Recoup-Report-Version`. The last names the
 * figures: `filter.reportVersion` asks for just these, and is 410 once newer ones took their place.
 */
@ApiTags('report')
@Controller('report')
export class ReportController {
  constructor(
    private readonly orm: MikroORM,
    private readonly report: ReadReport,
    private readonly invoices: ReportInvoices,
    private readonly exports: ExportReport,
    private readonly slots: DownloadSlots,
  ) {}

  /** A page of the report; amounts in minor units. 410 for a version no longer kept, 422 for a date in the future. */
  @Needs('report', 'read')
  @Get()
  page(@ListParam(reportList) query: ReportQuery, @CurrentActor() actor: Actor): Promise<Answer<ReportRow[]>> {
    return this.report.page(query, actor);
  }

  /** Totals of all that match, one object a currency (REP-2). */
  @Needs('report', 'read')
  @Get('totals')
  totals(@ListParam(reportList) query: ReportQuery, @CurrentActor() actor: Actor): Promise<Answer<ReportTotals[]>> {
    return this.report.totals(query.values, actor);
  }

  /** `{stages, buckets}`: how many of all that match each stage and each part of the balance has. */
  @Needs('report', 'read')
  @Get('counts')
  counts(@ListParam(reportList) query: ReportQuery, @CurrentActor() actor: Actor): Promise<Answer<ReportCounts>> {
    return this.report.counts(query.values, actor);
  }

  /**
   * All that match as a file, `format` csv (any size) or xlsx (up to 100,000 rows, else 413), streamed (REP-5); 503 while too
   * many are. Stage, status and flags are codes in a CSV, which programs read, and the screen's words in a workbook.
   */
  @Needs('report', 'export')
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Get('export')
  async export(
    @ListParam(reportList, ['format']) query: ReportQuery,
    @Query('format') format: unknown,
    @CurrentActor() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(query, readTableFormat(format), actor, response);
  }

  /** Asks for an export whose address tells nothing of the filter (S22): the file is at `report/exports/{id}` for ten minutes. */
  @Needs('report', 'export')
  @ApiCreatedResponse({ standardSchema: exportTicket })
  @Post('exports')
  @HttpCode(201)
  ask(
    @Body({ schema: askedExport }) asked: AskedExport,
    @CurrentActor() { user }: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<{ id: string }>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => ({
      status: 201,
      body: await keepAskedExport(tx, asked, user),
    }));
  }

  /** The file of an export that the same person asked for, as `report/export` gives it; 404 after ten minutes. */
  @Needs('report', 'export')
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Get('exports/:id')
  async asked(@IdParam() id: string, @CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    const found = await findAskedExport(this.orm.em.fork(), id, actor.user);
    if (!found) throw notFound('export, or no longer: ask for it again');
    await this.send(found.query, found.format, actor, response);
  }

  private async send(query: ReportQuery, format: TableFormat, actor: Actor, response: Response): Promise<void> {
    await this.slots.send(response, () =>
      this.exports.write(query, format, actor, (headers) => response.status(200).set(headers)),
    );
  }

  /** The account's invoices that were open at the end of the day, oldest due first (REP-3). */
  @Needs('report', 'read')
  @Get(':accountId/invoices')
  invoicesOf(
    @IdParam('accountId') accountId: string,
    @Query({ schema: invoicesQuery }) { asOf }: z.infer<typeof invoicesQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<ReportInvoice[]> {
    return this.invoices.ofAccount(accountId, asOf, actor);
  }
}
