import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentActor, listAnswer, ListParam, Needs, type Actor, type Answer } from '@recoup/service-kit';
import { amountColumn, textColumn, type TableColumn } from '@recoup/service-kit/downloads/table-file';
import type { Response } from 'express';
import { ExportReport } from './export-report.js';
import { ReadTrialBalance } from './read-trial-balance.js';
import type { TrialBalanceColumn } from './trial-balance-columns.js';
import {
  trialBalanceList,
  type TrialBalanceKey,
  type TrialBalanceQuery,
  type TrialBalanceRow,
  type TrialBalanceTotals,
} from './trial-balance-list.js';

/**
 * The trial balance of a range of days, by account, payer or office (LED-5). By account and office only what accounts owe
 * themselves counts; a movement has the sign in which it changed what the row owes, and credit is no part of the closing
 * balance (`rulings`, 1, 9).
 */
@ApiTags('trial-balance')
@Controller('trial-balance')
export class TrialBalanceController {
  constructor(
    private readonly trialBalance: ReadTrialBalance,
    private readonly exports: ExportReport,
  ) {}

  /**
   * A page of `{id, code, name, officeCode, currency, opening, movements: {<typeCode>: amount}, closing, credit}`, amounts in
   * minor units. `filter.from` is the beginning of the books and `filter.to` today unless told; `filter.by` is account,
   * payer or office. By account those that are idle in the range are left out unless `filter.idleAccounts` is true; the number
   * of rows and the files of `export` follow it. 422 `future-date`, `from-after-to`.
   */
  @Needs('trial-balance', 'read')
  @Get()
  async page(
    @ListParam(trialBalanceList) query: TrialBalanceQuery,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<TrialBalanceRow[]>> {
    return listAnswer('trial-balance', query.from, await this.trialBalance.page(query, actor));
  }

  /** The sums of all that match, one object a currency; opening and movements add up to closing. */
  @Needs('trial-balance', 'read')
  @Get('totals')
  totals(
    @ListParam(trialBalanceList) query: TrialBalanceQuery,
    @CurrentActor() actor: Actor,
  ): Promise<TrialBalanceTotals[]> {
    return this.trialBalance.totals(query, actor);
  }

  /** The columns of movements in order, each a transaction type with its plural: those in use, and those used in the range. */
  @Needs('trial-balance', 'read')
  @Get('columns')
  async columns(
    @ListParam(trialBalanceList) query: TrialBalanceQuery,
    @CurrentActor() actor: Actor,
  ): Promise<readonly TrialBalanceColumn[]> {
    return (await this.trialBalance.open(query, actor)).columns;
  }

  /**
   * All rows of the page's filter as a file, idle accounts as there; `format` csv (any size) or xlsx (up to 100,000 rows, else
   * 413), streamed; 503 while too many are.
   */
  @Needs('trial-balance', 'export')
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Get('export')
  export(
    @ListParam(trialBalanceList, ['format']) query: TrialBalanceQuery,
    @Query('format') format: unknown,
    @CurrentActor() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    return this.exports.send(format, actor, response, async () => {
      const open = await this.trialBalance.open(query, actor);
      const by = query.values.by ?? 'account';
      return {
        report: 'trial-balance',
        of: ['by', by, open.range.from, open.range.to],
        filter: query.values,
        columns: fileColumns(by, open.columns),
        count: () => this.trialBalance.count(open, query, actor),
        rows: () => this.trialBalance.all(open, query, actor),
      };
    });
  }
}

const keyHeadings: Record<TrialBalanceKey, string> = { account: 'Account', payer: 'Payer', office: 'Office' };

/** The columns of the screen; Credit stands beside the closing balance (`rulings`, 1). */
function fileColumns(by: TrialBalanceKey, types: readonly TrialBalanceColumn[]): TableColumn<TrialBalanceRow>[] {
  const office = by === 'account' ? [textColumn<TrialBalanceRow>('Office', (row) => row.officeCode)] : [];
  return [
    textColumn(keyHeadings[by], (row) => row.code),
    textColumn('Name', (row) => row.name),
    ...office,
    textColumn('Currency', (row) => row.currency),
    amountColumn('Opening balance', (row) => row.opening),
    ...types.map(({ code, plural }) => amountColumn<TrialBalanceRow>(plural, ({ movements }) => movements[code])),
    amountColumn('Closing balance', (row) => row.closing),
    amountColumn('Credit', (row) => row.credit),
  ];
}
