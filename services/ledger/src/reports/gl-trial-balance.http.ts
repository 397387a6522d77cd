import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { Clock, CurrentActor, listAnswer, ListParam, Needs, sql, type Actor, type Answer } from '@recoup/service-kit';
import { amountColumn, textColumn, type TableColumn } from '@recoup/service-kit/downloads/table-file';
import type { Response } from 'express';
import { ExportReport } from './export-report.js';
import {
  glPage,
  glTotals,
  glTrialBalanceList,
  type GlTrialBalanceQuery,
  type GlTrialBalanceRow,
  type GlTrialBalanceTotals,
} from './gl-trial-balance.js';
import { ledgerAccountNames } from './ledger-account-names.js';
import { reportRange } from './report-range.js';

/** The trial balance of the general ledger: by ledger account, debits and credits of a range of days (LED-5). */
@ApiTags('gl-trial-balance')
@Controller('gl-trial-balance')
export class GlTrialBalanceController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly exports: ExportReport,
  ) {}

  /**
   * A page of `{id, ledgerAccount, currency, opening, debits, credits, closing}`, amounts in minor units; balances are debits
   * less credits. `filter.from` is the beginning of the books and `filter.to` today unless told. 422 `future-date`, `from-after-to`.
   */
  @Needs('gl-trial-balance', 'read')
  @Get()
  async page(
    @ListParam(glTrialBalanceList) query: GlTrialBalanceQuery,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<GlTrialBalanceRow[]>> {
    const db = this.orm.em.fork();
    const range = await reportRange(db, this.clock, actor, query.values);
    return listAnswer('gl-trial-balance', query.from, await glPage(db, query, range, actor));
  }

  /** The sums, one object a currency; debits equal credits. */
  @Needs('gl-trial-balance', 'read')
  @Get('totals')
  async totals(
    @ListParam(glTrialBalanceList) query: GlTrialBalanceQuery,
    @CurrentActor() actor: Actor,
  ): Promise<GlTrialBalanceTotals[]> {
    const db = this.orm.em.fork();
    return glTotals(db, query, await reportRange(db, this.clock, actor, query.values), actor);
  }

  /** All ledger accounts as a file, `format` csv or xlsx; 503 while too many downloads are under way. */
  @Needs('gl-trial-balance', 'export')
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Get('export')
  export(
    @ListParam(glTrialBalanceList, ['format']) query: GlTrialBalanceQuery,
    @Query('format') format: unknown,
    @CurrentActor() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    return this.exports.send(format, actor, response, async () => {
      const db = this.orm.em.fork();
      const range = await reportRange(db, this.clock, actor, query.values);
      const { rows, total } = await glPage(db, { ...query, limit: sql`` }, range, actor);
      const nameOf = await ledgerAccountNames(db);
      return {
        report: 'gl-trial-balance',
        of: [range.from, range.to],
        filter: query.values,
        columns: columnsNamedBy(nameOf),
        count: () => Promise.resolve(total),
        rows: () => each(rows),
      };
    });
  }
}

function columnsNamedBy(nameOf: (ledgerAccount: string) => string): readonly TableColumn<GlTrialBalanceRow>[] {
  return [
    textColumn('Ledger account', (row) => row.ledgerAccount),
    textColumn('Name', (row) => nameOf(row.ledgerAccount)),
    textColumn('Currency', (row) => row.currency),
    amountColumn('Opening balance', (row) => row.opening),
    amountColumn('Debits', (row) => row.debits),
    amountColumn('Credits', (row) => row.credits),
    amountColumn('Closing balance', (row) => row.closing),
  ];
}

async function* each<T>(found: readonly T[]): AsyncGenerator<T> {
  yield* found;
}
