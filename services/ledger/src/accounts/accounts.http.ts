import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { accountStatus, businessDate, uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  Clock,
  ContactCipher,
  containsText,
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
  type Db,
  type KeyedRequest,
  type ListQuery,
  type Outcome,
} from '@recoup/service-kit';
import { z } from 'zod';
import { readBalance, type BalanceView } from '../postings/read-balance.js';
import {
  accountColumns,
  accountFrom,
  readAccount,
  sealedAccounts,
  type AccountRow,
  type AccountView,
} from './account-view.js';
import { accountStatusChange, changeStatementHold, changeStatus, statementHoldChange } from './change-account.js';
import { editAccount, newAccount, openAccount } from './edit-account.js';

const accounts = defineList({
  filters: {
    id: anyOf(uuid, sql`a.id`, 'uuid'),
    number: anyOf(z.string().max(200), sql`a.number`),
    officeCode: anyOf(z.string().max(40), sql`o.code`),
    status: anyOf(accountStatus, sql`a.status`),
    q: filterOf(z.string().min(1).max(200), (text) => containsText(text, [sql`a.name`, sql`a.number`])),
    owing: filterOf(z.boolean(), (owing) => (owing ? sql`a.balance > 0` : sql`a.balance = 0`)),
  },
  sorts: {
    number: sql`a.number`,
    name: sql`a.name`,
    balance: sql`a.balance`,
    credit: sql`a.credit`,
    officeCode: sql`o.code`,
  },
  defaultSort: ['number', 'ASC'],
  tieBreaker: sql`a.id`,
});

export const asOfQuery = z.strictObject({ asOf: businessDate.optional() });
const anyRecord = z.record(z.string(), z.unknown());

/** Accounts with their contact data (LED-20). */
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly cipher: ContactCipher,
  ) {}

  /** Without contact data: that is shown one account at a time. `q` finds in name and number. */
  @Needs('accounts', 'read')
  @Get()
  async list(
    @ListParam(accounts) query: ListQuery<typeof accounts.definition.filters>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const parts = { columns: accountColumns, from: accountFrom, scope: officeScope(actor, sql`o.code`) };
    return listAnswer('accounts', query.from, await selectPage<AccountRow>(this.orm.em.fork(), query, parts));
  }

  @Needs('accounts', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<AccountView>> {
    const account = await readAccount(this.orm.em.fork(), this.cipher, id, actor);
    return new Answer(account, 200, etag(account.version));
  }

  /** Balance and credit at the end of a day, today unless told (LED-3): `{asOf, currency, balance, credit}`. */
  @Needs('accounts', 'read')
  @Get(':id/balance')
  balance(
    @IdParam() id: string,
    @Query({ schema: asOfQuery }) { asOf }: z.infer<typeof asOfQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<BalanceView> {
    return readBalance(this.orm.em.fork(), this.clock, actor, 'account', id, asOf);
  }

  @Needs('accounts', 'create')
  @Post()
  @HttpCode(201)
  open(
    @Body({ schema: newAccount }) body: z.infer<typeof newAccount>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountView>> {
    const work = async (tx: Db): Promise<Outcome<AccountView>> => {
      const account = await openAccount(tx, this.cipher, actor, body);
      return { status: 201, body: account, headers: etag(account.version) };
    };
    return idempotent(this.orm.em, keyed, work, sealedAccounts(this.cipher));
  }

  /** Contact data; the other fields may be sent back as they are. */
  @Needs('accounts', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: anyRecord }) body: z.infer<typeof anyRecord>,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountView>> {
    return this.changed(keyed, (tx) => editAccount(tx, this.parts(), actor, id, body, version));
  }

  /** Closes the account, or opens it again: frozen where a freeze still stands, else active. */
  @Needs('accounts', 'edit')
  @Post(':id/status')
  @HttpCode(200)
  changeStatus(
    @IdParam() id: string,
    @Body({ schema: accountStatusChange }) body: z.infer<typeof accountStatusChange>,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountView>> {
    return this.changed(keyed, (tx) => changeStatus(tx, this.parts(), actor, id, body, version));
  }

  /** Puts the account on statement hold, or takes it off. */
  @Needs('accounts', 'edit')
  @Post(':id/statement-hold')
  @HttpCode(200)
  changeStatementHold(
    @IdParam() id: string,
    @Body({ schema: statementHoldChange }) body: z.infer<typeof statementHoldChange>,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountView>> {
    return this.changed(keyed, (tx) => changeStatementHold(tx, this.parts(), actor, id, body, version));
  }

  private parts(): { clock: Clock; cipher: ContactCipher } {
    return { clock: this.clock, cipher: this.cipher };
  }

  private changed(keyed: KeyedRequest, change: (tx: Db) => Promise<AccountView>): Promise<Answer<AccountView>> {
    const work = async (tx: Db): Promise<Outcome<AccountView>> => {
      const account = await change(tx);
      return { status: 200, body: account, headers: etag(account.version) };
    };
    return idempotent(this.orm.em, keyed, work, sealedAccounts(this.cipher));
  }
}
