import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Clock,
  CurrentActor,
  listAnswer,
  ListParam,
  Needs,
  type Actor,
  type Answer,
  type Db,
} from '@recoup/service-kit';
import { amountColumn, textColumn, type TableColumn } from '@recoup/service-kit/downloads/table-file';
import type { Response } from 'express';
import {
  agencyOutstandingCount,
  agencyOutstandingPage,
  agencyOutstandingTotals,
  allAgencyOutstanding,
} from './agency-outstanding.js';
import {
  agencyOutstandingList,
  type AgencyOutstandingQuery,
  type AgencyOutstandingRow,
  type AgencyOutstandingTotals,
} from './agency-outstanding-list.js';
import { ExportReport } from './export-report.js';
import { reportDay } from './report-range.js';

/** What the payers of agencies hold, by payer, account and invoice (LED-43); insurers are not among them. */
@ApiTags('agency-outstanding')
@Controller('agency-outstanding')
export class AgencyOutstandingController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly exports: ExportReport,
  ) {}

  /**
   * A page of `{id, payerCode, payerName, accountId, accountNumber, accountName, officeCode, invoiceId, invoiceNumber, currency,
   * referred, collected, recalled, outstanding}`, amounts in minor units, as of the end of `filter.asOf`, today unless told.
   * 422 `future-date`.
   */
  @Needs('agency-outstanding', 'read')
  @Get()
  async page(
    @ListParam(agencyOutstandingList) query: AgencyOutstandingQuery,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AgencyOutstandingRow[]>> {
    const { db, asOf } = await this.open(query, actor);
    return listAnswer('agency-outstanding', query.from, await agencyOutstandingPage(db, query, asOf, actor));
  }

  /** The sums of all that match, one object a payer and currency. */
  @Needs('agency-outstanding', 'read')
  @Get('totals')
  async totals(
    @ListParam(agencyOutstandingList) query: AgencyOutstandingQuery,
    @CurrentActor() actor: Actor,
  ): Promise<AgencyOutstandingTotals[]> {
    const { db, asOf } = await this.open(query, actor);
    return agencyOutstandingTotals(db, query, asOf, actor);
  }

  /** All that match as a file, `format` csv (any size) or xlsx (up to 100,000 rows, else 413), streamed; 503 while too many are. */
  @Needs('agency-outstanding', 'export')
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Get('export')
  export(
    @ListParam(agencyOutstandingList, ['format']) query: AgencyOutstandingQuery,
    @Query('format') format: unknown,
    @CurrentActor() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    return this.exports.send(format, actor, response, async () => {
      const { db, asOf } = await this.open(query, actor);
      return {
        report: 'agency-outstanding',
        of: [asOf],
        filter: query.values,
        columns,
        count: () => agencyOutstandingCount(db, query, asOf, actor),
        rows: () => allAgencyOutstanding(db, query, asOf, actor),
      };
    });
  }

  private async open({ values }: AgencyOutstandingQuery, actor: Actor): Promise<{ db: Db; asOf: string }> {
    const db = this.orm.em.fork();
    return { db, asOf: await reportDay(db, this.clock, actor, values, values.asOf, 'filter.asOf') };
  }
}

const columns: readonly TableColumn<AgencyOutstandingRow>[] = [
  textColumn('Payer', (row) => row.payerCode),
  textColumn('Payer name', (row) => row.payerName),
  textColumn('Account', (row) => row.accountNumber),
  textColumn('Name', (row) => row.accountName),
  textColumn('Office', (row) => row.officeCode),
  textColumn('Invoice', (row) => row.invoiceNumber),
  textColumn('Currency', (row) => row.currency),
  amountColumn('Referred', (row) => row.referred),
  amountColumn('Collected', (row) => row.collected),
  amountColumn('Recalled', (row) => row.recalled),
  amountColumn('Outstanding', (row) => row.outstanding),
];
