import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { uuid } from '@recoup/contracts';
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
import { issuePayerInvoice } from './issue-payer-invoice.js';
import {
  linesOfPayerInvoice,
  newPayerInvoice,
  payerInvoices,
  type NewPayerInvoice,
  type PayerInvoiceView,
} from './payer-invoice.js';

const payerInvoiceList = defineList({
  filters: {
    id: anyOf(uuid, sql`v.id`, 'uuid'),
    accountId: anyOf(uuid, sql`v.account_id`, 'uuid'),
    payerCode: anyOf(z.string().max(40), sql`r.code`),
    number: anyOf(z.string().max(200), sql`v.number`),
    officeCode: anyOf(z.string().max(40), sql`o.code`),
    open: filterOf(z.boolean(), (open) => {
      const owed = sql`EXISTS (SELECT FROM ${linesOfPayerInvoice} AND b.open_amount > 0)`;
      return open ? owed : sql`NOT ${owed}`;
    }),
  },
  sorts: {
    invoiceDate: sql`v.invoice_date`,
    number: sql`v.number`,
    payerCode: sql`r.code`,
    total: sql`v.total`,
  },
  amounts: { currency: sql`v.currency`, sorts: ['total'] },
  defaultSort: ['invoiceDate', 'DESC'],
  tieBreaker: sql`v.id`,
});

/** Invoices made out to insurers and agencies (LED-24); their lines are listed as `bill-lines` by `payerInvoiceId`. */
@Controller('payer-invoices')
export class PayerInvoicesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('payer-invoices', 'read')
  @Get()
  list(
    @ListParam(payerInvoiceList) query: QueryOf<typeof payerInvoiceList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<PayerInvoiceView[]>> {
    return payerInvoices.page(this.orm.em.fork(), query, actor);
  }

  @Needs('payer-invoices', 'read')
  @Get(':id')
  read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<PayerInvoiceView> {
    return payerInvoices.one(this.orm.em.fork(), id, actor);
  }

  /** Makes out an invoice to a payer from the bill lines queued to it; without a number it gets the payer's next one. */
  @Needs('payer-invoices', 'create')
  @Post()
  @HttpCode(201)
  issue(
    @Body({ schema: newPayerInvoice }) body: NewPayerInvoice,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<PayerInvoiceView>> {
    return created(this.orm.em, keyed, (tx) => issuePayerInvoice(tx, this.clock, actor, body));
  }
}
