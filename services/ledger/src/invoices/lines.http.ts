import { Controller, Get, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { businessDate, payerType, uuid } from '@recoup/contracts';
import {
  anyOf,
  Clock,
  CurrentActor,
  defineList,
  defineRecords,
  filterOf,
  IdParam,
  ListParam,
  Needs,
  sql,
  type Actor,
  type Answer,
  type ListFilter,
  type QueryOf,
  type RawBuilder,
} from '@recoup/service-kit';
import { z } from 'zod';
import { asOfQuery } from '../accounts/accounts.http.js';
import { readBalance, type BalanceView } from '../postings/read-balance.js';
import { billLines, type BillLineView } from './bill-line-view.js';

/** Lines `b` of payers other than Self were queued to them: said so, they are found by the index of such lines. */
function queued<T>(values: readonly T[], self: T): RawBuilder<unknown> {
  return values.includes(self) ? sql`TRUE` : sql`b.opened_by IS NOT NULL`;
}

/** A filter on the payer of bill lines `b`. */
function ofOthers<T>(schema: z.ZodType<T>, column: RawBuilder<unknown>, self: T): ListFilter<T | T[]> {
  const { schema: one, where } = anyOf(schema, column);
  return filterOf(one, (value) => {
    const condition = queued(Array.isArray(value) ? value : [value], self);
    return sql`${where?.(value) ?? sql`TRUE`} AND ${condition}`;
  });
}

const serviceLineList = defineList({
  filters: {
    id: anyOf(uuid, sql`s.id`, 'uuid'),
    invoiceId: anyOf(uuid, sql`s.invoice_id`, 'uuid'),
    accountId: anyOf(uuid, sql`i.account_id`, 'uuid'),
    serviceTypeCode: anyOf(z.string().max(40), sql`s.service_type_code`),
    subscriptionId: anyOf(uuid, sql`s.subscription_id`, 'uuid'),
    payerCode: filterOf(
      z.string().max(40),
      (code) => sql`s.id IN (SELECT b.service_line_id FROM bill_lines b JOIN payers p ON p.id = b.payer_id
                             WHERE b.open_amount > 0 AND p.code = ${code} AND ${queued([code], 'SELF')})`,
    ),
    open: filterOf(z.boolean(), (open) => {
      const owed = sql`EXISTS (SELECT FROM bill_lines b WHERE b.service_line_id = s.id AND b.open_amount > 0)`;
      return open ? owed : sql`NOT ${owed}`;
    }),
    dateOfServiceFrom: filterOf(businessDate, (date) => sql`s.date_of_service >= ${date}::date`),
    dateOfServiceTo: filterOf(businessDate, (date) => sql`s.date_of_service <= ${date}::date`),
  },
  sorts: { dateOfService: sql`s.date_of_service`, amount: sql`s.amount`, invoiceNumber: sql`i.number` },
  amounts: { currency: sql`i.currency`, sorts: ['amount'] },
  defaultSort: ['dateOfService', 'ASC'],
  tieBreaker: sql`s.id`,
});
const openOf = (which: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT coalesce(sum(b.open_amount), 0)::bigint FROM bill_lines b WHERE b.service_line_id = s.id AND ${which})`;
/** What Self and what other payers still owe of a service line stand side by side (LED-23). */
const columns = sql`s.id, s.invoice_id AS "invoiceId", i.number AS "invoiceNumber", i.account_id AS "accountId",
  s.service_type_code AS "serviceTypeCode", s.date_of_service AS "dateOfService", s.amount, i.currency, s.description,
  s.subscription_id AS "subscriptionId", ${openOf(sql`b.opened_by IS NULL`)} AS "openAmount",
  ${openOf(sql`b.opened_by IS NOT NULL`)} AS "otherOpenAmount"`;
const serviceLines = defineRecords({
  name: 'service-lines',
  entity: 'service line',
  columns,
  from: sql`service_lines s JOIN invoices i ON i.id = s.invoice_id JOIN offices o ON o.id = i.office_id`,
  id: sql`s.id`,
  office: sql`o.code`,
});

const billLineList = defineList({
  filters: {
    id: anyOf(uuid, sql`b.id`, 'uuid'),
    invoiceId: anyOf(uuid, sql`b.invoice_id`, 'uuid'),
    accountId: anyOf(uuid, sql`b.account_id`, 'uuid'),
    serviceLineId: anyOf(uuid, sql`b.service_line_id`, 'uuid'),
    payerInvoiceId: anyOf(uuid, sql`b.payer_invoice_id`, 'uuid'),
    payerCode: ofOthers(z.string().max(40), sql`p.code`, 'SELF'),
    payerType: ofOthers(payerType, sql`p.type`, 'self'),
    open: filterOf(z.boolean(), (open) => (open ? sql`b.open_amount > 0` : sql`b.open_amount = 0`)),
  },
  sorts: {
    responsibilityDate: sql`b.responsibility_date`,
    dateOfService: sql`s.date_of_service`,
    payerCode: sql`p.code`,
    amount: sql`b.amount`,
    openAmount: sql`b.open_amount`,
  },
  amounts: { currency: sql`i.currency`, sorts: ['amount', 'openAmount'] },
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
  services(
    @ListParam(serviceLineList) query: QueryOf<typeof serviceLineList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    return serviceLines.page(this.orm.em.fork(), query, actor);
  }

  @Needs('service-lines', 'read')
  @Get('service-lines/:id')
  service(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<unknown> {
    return serviceLines.one(this.orm.em.fork(), id, actor);
  }

  @Needs('bill-lines', 'read')
  @Get('bill-lines')
  bills(
    @ListParam(billLineList) query: QueryOf<typeof billLineList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<BillLineView[]>> {
    return billLines.page(this.orm.em.fork(), query, actor);
  }

  @Needs('bill-lines', 'read')
  @Get('bill-lines/:id')
  bill(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<BillLineView> {
    return billLines.one(this.orm.em.fork(), id, actor);
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
