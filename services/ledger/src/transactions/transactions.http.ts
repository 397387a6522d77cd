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
  type RawBuilder,
} from '@recoup/service-kit';
import { z } from 'zod';
import { transactionKinds } from '../postings/posting-rules.js';
import { reversalReason, reverseTransaction } from '../reversals/reverse-transaction.js';
import { newWriteOff, writeOff, type NewWriteOff } from '../write-offs/write-off.js';
import { ofPayer } from './of-payer.js';
import { transactions, type TransactionView } from './transaction-view.js';

const transactionList = defineList({
  filters: {
    id: anyOf(uuid, sql`t.id`, 'uuid'),
    accountId: anyOf(uuid, sql`t.account_id`, 'uuid'),
    invoiceId: filterOf(uuid, ofInvoice),
    kind: anyOf(z.enum(transactionKinds), sql`t.kind`),
    typeCode: anyOf(z.string().max(40), sql`t.type_code`),
    officeCode: anyOf(z.string().max(40), sql`o.code`),
    effectiveDate: filterOf(businessDate, (date) => sql`t.effective_date = ${date}::date`),
    effectiveFrom: filterOf(businessDate, (date) => sql`t.effective_date >= ${date}::date`),
    effectiveTo: filterOf(businessDate, (date) => sql`t.effective_date <= ${date}::date`),
    commandId: anyOf(z.string().max(100), sql`t.command_id`),
    reversesId: anyOf(uuid, sql`t.reverses_id`, 'uuid'),
    payerCode: ofPayer,
    paymentId: anyOf(uuid, sql`t.payment_id`, 'uuid'),
  },
  sorts: {
    effectiveDate: sql`t.effective_date`,
    recordedAt: sql`t.recorded_at`,
    amount: sql`t.amount`,
    typeCode: sql`t.type_code`,
  },
  amounts: { currency: sql`t.currency`, sorts: ['amount'] },
  defaultSort: ['recordedAt', 'DESC'],
  tieBreaker: sql`t.id`,
});

/** What was posted to an invoice is found among its account's postings: no index leads from an invoice to them. */
function ofInvoice(id: string): RawBuilder<unknown> {
  return sql`t.id IN (SELECT p.transaction_id FROM invoices x JOIN postings p ON p.account_id = x.account_id AND p.invoice_id = x.id
                      WHERE x.id = ${id})`;
}

/** Transactions, write-offs and reversals (LED-1, LED-2, LED-40). */
@Controller()
export class TransactionsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /** Dates of `effectiveFrom` and `effectiveTo` are included. */
  @Needs('transactions', 'read')
  @Get('transactions')
  list(
    @ListParam(transactionList) query: QueryOf<typeof transactionList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<TransactionView[]>> {
    return transactions.page(this.orm.em.fork(), query, actor);
  }

  @Needs('transactions', 'read')
  @Get('transactions/:id')
  read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<TransactionView> {
    return transactions.one(this.orm.em.fork(), id, actor);
  }

  /** Reverses a transaction, effective today; 201 with the reversal. */
  @Needs('transactions', 'run')
  @Post('transactions/:id/reverse')
  @HttpCode(201)
  reverse(
    @IdParam() id: string,
    @Body({ schema: reversalReason }) body: z.infer<typeof reversalReason>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<TransactionView>> {
    return created(this.orm.em, keyed, (tx) => reverseTransaction(tx, this.clock, actor, id, body));
  }

  /** Writes off an account, an invoice or a bill line; 201 with the transaction. */
  @Needs('transactions', 'create')
  @Post('write-offs')
  @HttpCode(201)
  writeOff(
    @Body({ schema: newWriteOff }) body: NewWriteOff,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<TransactionView>> {
    return created(this.orm.em, keyed, (tx) => writeOff(tx, this.clock, actor, body));
  }
}
