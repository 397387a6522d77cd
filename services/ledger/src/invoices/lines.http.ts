import { Controller, Get, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { businessDate, payerType, uuid } from '@recoup/contracts';
import {
  anyOf,
  Clock,
  CurrentActor,
  defineList,
  filterOf,
  IdParam,
  listAnswer,
  ListParam,
  Needs,
  notFound,
  officeScope,
  row,
  selectPage,
  sql,
  type Actor,
  type Answer,
  type ListQuery,
  type RawBuilder,
} from '@recoup/service-kit';
import { z } from 'zod';
import { asOfQuery } from '../accounts/accounts.http.js';
import { readBalance, type BalanceView } from '../postings/read-balance.js';
import { billLineColumns, billLineFrom, readBillLine, type BillLineView } from './bill-line-view.js';

const serviceLines = defineList({
  filters: {
    id: anyOf(uuid, sql`s.id`, 'uuid'),
    invoiceId: anyOf(uuid, sql`s.invoice_id`, 'uuid'),
    accountId: anyOf(uuid, sql`i.account_id`, 'uuid'),
    serviceTypeCode: anyOf(z.string().max(40), sql`s.service_type_code`),
    subscriptionId: anyOf(uuid, sql`s.subscription_id`, 'uuid'),
    payerCode: filterOf(
      z.string().max(40),
      (code) => sql`EXISTS (SELECT FROM bill_lines b JOIN payers p ON p.id = b.payer_id
                            WHERE b.service_line_id = s.id AND b.open_amount > 0 AND p.code = ${code})`,
    ),
    open: filterOf(z.boolean(), (open) => {
      const owed = sql`EXISTS (SELECT FROM bill_lines b WHERE b.service_line_id = s.id AND b.open_amount > 0)`;
      return open ? owed : sql`NOT ${owed}`;
    }),
    dateOfServiceFrom: filterOf(businessDate, (date) => sql`s.date_of_service >= ${date}::date`),
    dateOfServiceTo: filterOf(businessDate, (date) => sql`s.date_of_service <= ${date}::date`),
  },
  sorts: { dateOfService: sql`s.date_of_service`, amount: sql`s.amount`, invoiceNumber: sql`i.number` },
  defaultSort: ['dateOfService', 'ASC'],
  tieBreaker: sql`s.id`,
});
const openOf = (which: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT coalesce(sum(b.open_amount), 0)::bigint FROM bill_lines b WHERE b.service_line_id = s.id AND ${which})`;
/** What Self and what other payers still owe of a service line stand side by side (LED-23). */
const serviceLineColumns = sql`s.id, s.invoice_id AS "invoiceId", i.number AS "invoiceNumber", i.account_id AS "accountId",
  s.service_type_code AS "serviceTypeCode", s.date_of_service AS "dateOfService", s.amount, i.currency, s.description,
  s.subscription_id AS "subscriptionId", ${openOf(sql`b.opened_by IS NULL`)} AS "openAmount",
  ${openOf(sql`b.opened_by IS NOT NULL`)} AS "otherOpenAmount"`;
const serviceLineFrom = sql`service_lines s JOIN invoices i ON i.id = s.invoice_id JOIN offices o ON o.id = i.office_id`;

const billLines = defineList({
  filters: {
    id: anyOf(uuid, sql`b.id`, 'uuid'),
    invoiceId: anyOf(uuid, sql`b.invoice_id`, 'uuid'),
    accountId: anyOf(uuid, sql`b.account_id`, 'uuid'),
    serviceLineId: anyOf(uuid, sql`b.service_line_id`, 'uuid'),
    payerInvoiceId: anyOf(uuid, sql`b.payer_invoice_id`, 'uuid'),
    payerCode: anyOf(z.string().max(40), sql`p.code`),
    payerType: anyOf(payerType, sql`p.type`),
    open: filterOf(z.boolean(), (open) => (open ? sql`b.open_amount > 0` : sql`b.open_amount = 0`)),
  },
  sorts: {
    responsibilityDate: sql`b.responsibility_date`,
    dateOfService: sql`s.date_of_service`,
    payerCode: sql`p.code`,
    amount: sql`b.amount`,
    openAmount: sql`b.open_amount`,
  },
  defaultSort: ['responsibilityDate', 'ASC'],
  tieBreaker: sql`b.id`,
});

/** Service lines and the bill lines that they are queued to (LED-22, LED-23). */
@Controller()
export class LinesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('service-lines', 'read')
  @Get('service-lines')
  async services(
    @ListParam(serviceLines) query: ListQuery<typeof serviceLines.definition.filters>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const parts = { columns: serviceLineColumns, from: serviceLineFrom, scope: officeScope(actor, sql`o.code`) };
    return listAnswer('service-lines', query.from, await selectPage(this.orm.em.fork(), query, parts));
  }

  @Needs('service-lines', 'read')
  @Get('service-lines/:id')
  async service(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<unknown> {
    const scope = officeScope(actor, sql`o.code`);
    const found = await row(
      this.orm.em.fork(),
      sql`SELECT ${serviceLineColumns} FROM ${serviceLineFrom} WHERE s.id = ${id} AND ${scope}`,
    );
    if (!found) throw notFound('service line');
    return found;
  }

  @Needs('bill-lines', 'read')
  @Get('bill-lines')
  async bills(
    @ListParam(billLines) query: ListQuery<typeof billLines.definition.filters>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const parts = { columns: billLineColumns, from: billLineFrom, scope: officeScope(actor, sql`o.code`) };
    return listAnswer('bill-lines', query.from, await selectPage<BillLineView>(this.orm.em.fork(), query, parts));
  }

  @Needs('bill-lines', 'read')
  @Get('bill-lines/:id')
  bill(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<BillLineView> {
    return readBillLine(this.orm.em.fork(), id, actor);
  }

  /** What was open of it at the end of a day, today unless told (LED-3). */
  @Needs('bill-lines', 'read')
  @Get('bill-lines/:id/balance')
  balance(
    @IdParam() id: string,
    @Query({ schema: asOfQuery }) { asOf }: z.infer<typeof asOfQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<BalanceView> {
    return readBalance(this.orm.em.fork(), this.clock, actor, 'bill line', id, asOf);
  }
}
