import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
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
import { ofPayer } from '../transactions/of-payer.js';
import { payments, type TransactionView } from '../transactions/transaction-view.js';
import { newPayment, type NewPayment } from './payment-request.js';
import { recordPayment } from './record-payment.js';
import { paymentReturn, returnPayment, type ReturnedPayment } from './return-payment.js';

const paymentList = defineList({
  filters: {
    id: anyOf(uuid, sql`t.id`, 'uuid'),
    accountId: anyOf(uuid, sql`t.account_id`, 'uuid'),
    officeCode: anyOf(z.string().max(40), sql`o.code`),
    payerCode: ofPayer,
    reference: anyOf(z.string().max(200), sql`t.reference`),
    effectiveFrom: filterOf(businessDate, (date) => sql`t.effective_date >= ${date}::date`),
    effectiveTo: filterOf(businessDate, (date) => sql`t.effective_date <= ${date}::date`),
    returned: filterOf(z.boolean(), (returned) => {
      const reversal = sql`EXISTS (SELECT FROM transactions r WHERE r.reverses_id = t.id)`;
      return returned ? reversal : sql`NOT ${reversal}`;
    }),
  },
  sorts: { effectiveDate: sql`t.effective_date`, recordedAt: sql`t.recorded_at`, amount: sql`t.amount` },
  amounts: { currency: sql`t.currency`, sorts: ['amount'] },
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
  list(
    @ListParam(paymentList) query: QueryOf<typeof paymentList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<TransactionView[]>> {
    return payments.page(this.orm.em.fork(), query, actor);
  }

  @Needs('payments', 'read')
  @Get(':id')
  read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<TransactionView> {
    return payments.one(this.orm.em.fork(), id, actor);
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
    return created(this.orm.em, keyed, (tx) => recordPayment(tx, this.clock, actor, body));
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
    return created(this.orm.em, keyed, (tx) => returnPayment(tx, this.clock, actor, id, body));
  }
}
