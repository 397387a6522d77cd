import { Controller, Get, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { uuid } from '@recoup/contracts';
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
} from '@recoup/service-kit';
import { z } from 'zod';
import { asOfQuery } from '../accounts/accounts.http.js';
import { readBalance, type BalanceView } from '../postings/read-balance.js';

const serviceLines = defineList({
  filters: {
    id: anyOf(uuid, sql`s.id`, 'uuid'),
    invoiceId: anyOf(uuid, sql`s.invoice_id`, 'uuid'),
    accountId: anyOf(uuid, sql`i.account_id`, 'uuid'),
  },
  sorts: { dateOfService: sql`s.date_of_service`, amount: sql`s.amount` },
  defaultSort: ['dateOfService', 'ASC'],
  tieBreaker: sql`s.id`,
});
const serviceLineColumns = sql`s.id, s.invoice_id AS "invoiceId", i.account_id AS "accountId", s.service_type_code AS "serviceTypeCode",
  s.date_of_service AS "dateOfService", s.amount, i.currency, s.description,
  s.subscription_id AS "subscriptionId"`;
const serviceLineFrom = sql`service_lines s JOIN invoices i ON i.id = s.invoice_id JOIN offices o ON o.id = i.office_id`;

const billLines = defineList({
  filters: {
    id: anyOf(uuid, sql`b.id`, 'uuid'),
    invoiceId: anyOf(uuid, sql`b.invoice_id`, 'uuid'),
    accountId: anyOf(uuid, sql`b.account_id`, 'uuid'),
    open: filterOf(z.boolean(), (open) => (open ? sql`b.open_amount > 0` : sql`b.open_amount = 0`)),
  },
  sorts: { responsibilityDate: sql`b.responsibility_date`, amount: sql`b.amount`, openAmount: sql`b.open_amount` },
  defaultSort: ['responsibilityDate', 'ASC'],
  tieBreaker: sql`b.id`,
});
const billLineColumns = sql`b.id, b.service_line_id AS "serviceLineId", b.invoice_id AS "invoiceId", b.account_id AS "accountId",
  p.code AS "payerCode", p.type AS "payerType", b.amount, b.open_amount AS "openAmount", i.currency,
  b.responsibility_date AS "responsibilityDate"`;
const billLineFrom = sql`bill_lines b JOIN invoices i ON i.id = b.invoice_id JOIN offices o ON o.id = i.office_id
  JOIN payers p ON p.id = b.payer_id`;

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
    return listAnswer('bill-lines', query.from, await selectPage(this.orm.em.fork(), query, parts));
  }

  @Needs('bill-lines', 'read')
  @Get('bill-lines/:id')
  async bill(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<unknown> {
    const scope = officeScope(actor, sql`o.code`);
    const found = await row(
      this.orm.em.fork(),
      sql`SELECT ${billLineColumns} FROM ${billLineFrom} WHERE b.id = ${id} AND ${scope}`,
    );
    if (!found) throw notFound('bill line');
    return found;
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
