import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { businessDate } from '@recoup/contracts';
import { CurrentActor, IdParam, ListParam, Needs, type Actor, type Answer } from '@recoup/service-kit';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import { readTableFormat } from '@recoup/service-kit/downloads/table-file';
import type { Response } from 'express';
import { z } from 'zod';
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

  /** All that match as a file, `format` csv (any size) or xlsx (up to 100,000 rows, else 413), streamed (REP-5); 503 while too many are. */
  @Needs('report', 'export')
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Get('export')
  async export(
    @ListParam(reportList, ['format']) query: ReportQuery,
    @Query('format') format: unknown,
    @CurrentActor() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const wanted = readTableFormat(format);
    await this.slots.send(response, () =>
      this.exports.write(query, wanted, actor, (headers) => response.status(200).set(headers)),
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
