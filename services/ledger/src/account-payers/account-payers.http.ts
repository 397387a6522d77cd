import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { payerType, uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  Clock,
  CurrentActor,
  defineList,
  etag,
  filterOf,
  idempotent,
  IdParam,
  IfMatch,
  Keyed,
  listAnswer,
  ListParam,
  Needs,
  officeScope,
  selectPage,
  sql,
  type Actor,
  type KeyedRequest,
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';
import {
  accountPayerColumns,
  accountPayerFrom,
  newAccountPayer,
  readAccountPayer,
  type AccountPayerView,
  type NewAccountPayer,
} from './account-payer.js';
import { assignPayer } from './assign-payer.js';
import { editAccountPayer } from './edit-account-payer.js';

const accountPayers = defineList({
  filters: {
    id: anyOf(uuid, sql`x.id`, 'uuid'),
    accountId: anyOf(uuid, sql`x.account_id`, 'uuid'),
    payerCode: anyOf(z.string().max(40), sql`r.code`),
    payerType: anyOf(payerType, sql`r.type`),
    active: filterOf(z.boolean(), (active) => sql`x.active = ${active}`),
  },
  sorts: { payerCode: sql`r.code`, payerName: sql`r.name`, accountNumber: sql`a.number` },
  defaultSort: ['payerCode', 'ASC'],
  tieBreaker: sql`x.id`,
});
const anyRecord = z.record(z.string(), z.unknown());

function shown(assigned: AccountPayerView, status = 200): Answer<AccountPayerView> {
  return new Answer(assigned, status, etag(assigned.version));
}

/** Payers assigned to accounts (LED-11). */
@Controller('account-payers')
export class AccountPayersController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('account-payers', 'read')
  @Get()
  async list(
    @ListParam(accountPayers) query: QueryOf<typeof accountPayers>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const scope = officeScope(actor, sql`o.code`);
    const parts = { columns: accountPayerColumns(actor), from: accountPayerFrom, scope };
    return listAnswer(
      'account-payers',
      query.from,
      await selectPage<AccountPayerView>(this.orm.em.fork(), query, parts),
    );
  }

  @Needs('account-payers', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<AccountPayerView>> {
    return shown(await readAccountPayer(this.orm.em.fork(), id, actor));
  }

  /** Assigns a payer to an account, with what it knows the account by unless its rules skip that. */
  @Needs('account-payers', 'create')
  @Post()
  @HttpCode(201)
  assign(
    @Body({ schema: newAccountPayer }) body: NewAccountPayer,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountPayerView>> {
    return idempotent(this.orm.em, keyed, async (tx) => shown(await assignPayer(tx, this.clock, actor, body), 201));
  }

  /** `{groupNumber, policyId, active}`; `active: false` ends the assignment. */
  @Needs('account-payers', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: anyRecord }) body: z.infer<typeof anyRecord>,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountPayerView>> {
    return idempotent(this.orm.em, keyed, async (tx) =>
      shown(await editAccountPayer(tx, this.clock, actor, id, body, version)),
    );
  }
}
