import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { businessDate, uuid } from '@recoup/contracts';
import {
  anyOf,
  Clock,
  created,
  CurrentActor,
  defineList,
  filterOf,
  IdParam,
  Keyed,
  ListParam,
  Needs,
  sql,
  type Actor,
  type Answer,
  type KeyedRequest,
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';
import { asOfQuery } from '../accounts/accounts.http.js';
import { readBalance, type BalanceView } from '../postings/read-balance.js';
import { reportDay } from '../reports/report-range.js';
import { invoices, invoicesAsOf, type InvoiceView } from './invoice-view.js';
import { invoiceRequest, issueInvoice, type InvoiceRequest } from './issue-invoice.js';
import { officesNamed } from './offices-named.js';

const invoiceList = defineList({
  filters: {
    id: anyOf(uuid, sql`i.id`, 'uuid'),
    accountId: anyOf(uuid, sql`i.account_id`, 'uuid'),
    number: anyOf(z.string().max(200), sql`i.number`),
    officeCode: anyOf(z.string().max(40), sql`o.code`),
    open: filterOf(z.boolean(), (open) => (open ? sql`i.open_then > 0` : sql`i.open_then <= 0`)),
    asOf: filterOf(businessDate, (date) => sql`i.invoice_date <= ${date}::date`),
  },
  sorts: {
    dueDate: sql`i.due_date`,
    invoiceDate: sql`i.invoice_date`,
    number: sql`i.number`,
    total: sql`i.total`,
    openAmount: sql`i.open_then`,
  },
  amounts: { currency: sql`i.currency`, sorts: ['total', 'openAmount'] },
  defaultSort: ['dueDate', 'DESC'],
  tieBreaker: sql`i.id`,
});

/** Invoices (LED-22). */
@Controller('invoices')
export class InvoicesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /**
   * `filter.asOf` leaves out what came later; open amounts, the filter `open`, the sort by them and disputes are then of the
   * end of that day. 422 `future-date`: what will be open is not known; the day must have begun in the offices of the accounts
   * that are asked for.
   */
  @Needs('invoices', 'read')
  @Get()
  async list(
    @ListParam(invoiceList) query: QueryOf<typeof invoiceList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<InvoiceView[]>> {
    const db = this.orm.em.fork();
    const { asOf } = query.values;
    if (asOf !== undefined) {
      const officeCodes = await officesNamed(db, query.values);
      await reportDay(db, this.clock, actor, { officeCodes }, asOf, 'filter.asOf');
    }
    return invoicesAsOf(asOf).page(db, query, actor);
  }

  @Needs('invoices', 'read')
  @Get(':id')
  read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<InvoiceView> {
    return invoices.one(this.orm.em.fork(), id, actor);
  }

  /** What was open of it at the end of a day, today unless told (LED-3). */
  @Needs('invoices', 'read')
  @Get(':id/balance')
  balance(
    @IdParam() id: string,
    @Query({ schema: asOfQuery }) { asOf }: z.infer<typeof asOfQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<BalanceView> {
    return readBalance(this.orm.em.fork(), this.clock, actor, 'invoice', id, asOf);
  }

  /** Issues an invoice to an account; its credit is applied at once. */
  @Needs('invoices', 'create')
  @Post()
  @HttpCode(201)
  issue(
    @Body({ schema: invoiceRequest }) body: InvoiceRequest,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<InvoiceView>> {
    return created(this.orm.em, keyed, (tx) => issueInvoice(tx, this.clock, actor, body));
  }
}
