import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { accountStatus, businessDate, uuid } from '@recoup/contracts';
import {
  anyOf,
  changed,
  Clock,
  ContactCipher,
  containsText,
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
  type Db,
  type KeyedRequest,
  type QueryOf,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { readBalance, type BalanceView } from '../postings/read-balance.js';
import { accounts, readAccount, sealedAccounts, type AccountRow, type AccountView } from './account-view.js';
import { accountStatusChange, changeStatementHold, changeStatus, statementHoldChange } from './change-account.js';
import { editAccount } from './edit-account.js';
import { newAccount, openAccount } from './open-account.js';

const accountList = defineList({
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
  amounts: { currency: sql`a.currency`, sorts: ['balance', 'credit'] },
  defaultSort: ['number', 'ASC'],
  tieBreaker: sql`a.id`,
});

export const asOfQuery = z.strictObject({ asOf: businessDate.optional() });

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
  list(
    @ListParam(accountList) query: QueryOf<typeof accountList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountRow[]>> {
    return accounts.page(this.orm.em.fork(), query, actor);
  }

  @Needs('accounts', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<AccountView>> {
    return shown(await readAccount(this.orm.em.fork(), this.cipher, id, actor));
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
    const work = (tx: Db): Promise<AccountView> => openAccount(tx, this.cipher, actor, body);
    return created(this.orm.em, keyed, work, sealedAccounts(this.cipher));
  }

  /** Contact data; the other fields may be sent back as they are. */
  @Needs('accounts', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
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
    return changed(this.orm.em, keyed, change, sealedAccounts(this.cipher));
  }
}
