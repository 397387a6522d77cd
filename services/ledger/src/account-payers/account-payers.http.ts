import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { payerType, uuid } from '@recoup/contracts';
import {
  anyOf,
  changed,
  Clock,
  created,
  CurrentActor,
  defineList,
  filterOf,
  IdParam,
  IfMatch,
  Keyed,
  ListParam,
  Needs,
  sentFields,
  shown,
  sql,
  type Actor,
  type Answer,
  type KeyedRequest,
  type QueryOf,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { accountPayers, newAccountPayer, type AccountPayerView, type NewAccountPayer } from './account-payer.js';
import { assignPayer } from './assign-payer.js';
import { editAccountPayer } from './edit-account-payer.js';

const accountPayerList = defineList({
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

/** Payers assigned to accounts (LED-11). */
@Controller('account-payers')
export class AccountPayersController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('account-payers', 'read')
  @Get()
  list(
    @ListParam(accountPayerList) query: QueryOf<typeof accountPayerList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountPayerView[]>> {
    return accountPayers.page(this.orm.em.fork(), query, actor);
  }

  @Needs('account-payers', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<AccountPayerView>> {
    return shown(await accountPayers.one(this.orm.em.fork(), id, actor));
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
    return created(this.orm.em, keyed, (tx) => assignPayer(tx, this.clock, actor, body));
  }

  /** `{groupNumber, policyId, active}`; `active: false` ends the assignment. */
  @Needs('account-payers', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountPayerView>> {
    return changed(this.orm.em, keyed, (tx) => editAccountPayer(tx, this.clock, actor, id, body, version));
  }
}
