import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { businessDate, uuid } from '@recoup/contracts';
import {
  anyOf,
  Clock,
  CurrentActor,
  defineList,
  filterOf,
  idempotent,
  IdParam,
  Keyed,
  listAnswer,
  ListParam,
  Needs,
  officeScope,
  selectPage,
  sql,
  type Actor,
  type Answer,
  type KeyedRequest,
  type ListQuery,
} from '@recoup/service-kit';
import { z } from 'zod';
import {
  readTransaction,
  transactionColumns,
  transactionFrom,
  type TransactionView,
} from '../transactions/transaction-view.js';
import { newPayment, type NewPayment } from './payment-request.js';
import { recordPayment } from './record-payment.js';
import { paymentReturn, returnPayment, type ReturnedPayment } from './return-payment.js';

const payments = defineList({
  filters: {
    id: anyOf(uuid, sql`t.id`, 'uuid'),
    accountId: anyOf(uuid, sql`t.account_id`, 'uuid'),
    officeCode: anyOf(z.string().max(40), sql`o.code`),
    payerCode: anyOf(z.string().max(40), sql`(SELECT r.code FROM payers r WHERE r.id = t.payer_id)`),
    reference: anyOf(z.string().max(200), sql`t.reference`),
    effectiveFrom: filterOf(businessDate, (date) => sql`t.effective_date >= ${date}::date`),
    effectiveTo: filterOf(businessDate, (date) => sql`t.effective_date <= ${date}::date`),
    returned: filterOf(z.boolean(), (returned) => {
      const reversal = sql`EXISTS (SELECT FROM transactions r WHERE r.reverses_id = t.id)`;
      return returned ? reversal : sql`NOT ${reversal}`;
    }),
  },
  sorts: { effectiveDate: sql`t.effective_date`, recordedAt: sql`t.recorded_at`, amount: sql`t.amount` },
  defaultSort: ['effectiveDate', 'DESC'],
  tieBreaker: sql`t.id`,
});

/** Payments and their return (LED-30, LED-31). */
@Controller('payments')
export class PaymentsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('payments', 'read')
  @Get()
  async list(
    @ListParam(payments) query: ListQuery<typeof payments.definition.filters>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const scope = sql`t.kind = 'payment' AND ${officeScope(actor, sql`o.code`)}`;
    const parts = { columns: transactionColumns, from: transactionFrom, scope };
    return listAnswer('payments', query.from, await selectPage<TransactionView>(this.orm.em.fork(), query, parts));
  }

  @Needs('payments', 'read')
  @Get(':id')
  read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<TransactionView> {
    return readTransaction(this.orm.em.fork(), id, actor, 'payment');
  }

  /**
   * Records a payment; without `allocations` it goes to what is oldest due, the rest stays as credit. With `payerCode` an
   * insurer or an agency pays what is queued to it. `writeOffs` close lines in the same window.
   */
  @Needs('payments', 'create')
  @Post()
  @HttpCode(201)
  record(
    @Body({ schema: newPayment }) body: NewPayment,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<TransactionView>> {
    return idempotent(this.orm.em, keyed, async (tx) => ({
      status: 201,
      body: await recordPayment(tx, this.clock, actor, body),
    }));
  }

  /** The bank returned it: what it paid is open again; 201 with the transaction of the return and its `nsfFee`, if any. */
  @Needs('payments', 'run')
  @Post(':id/return')
  @HttpCode(201)
  return(
    @IdParam() id: string,
    @Body({ schema: paymentReturn }) body: z.infer<typeof paymentReturn>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReturnedPayment>> {
    return idempotent(this.orm.em, keyed, async (tx) => ({
      status: 201,
      body: await returnPayment(tx, this.clock, actor, id, body),
    }));
  }
}
