import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { accountStatus, code, uuid } from '@recoup/contracts';
import {
  anyOf,
  ContactCipher,
  containsText,
  CurrentActor,
  defineList,
  filterOf,
  IdParam,
  listAnswer,
  ListParam,
  Needs,
  officeScope,
  selectPage,
  sql,
  type Actor,
  type Answer,
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';
import { stageNow } from '../report/report-list.js';
import { readAccountCard, type AccountCard } from './account-card.js';

const accountList = defineList({
  filters: {
    id: anyOf(uuid, sql`a.id`, 'uuid'),
    q: filterOf(z.string().min(1).max(100), (text) => containsText(text, [sql`a.name`, sql`a.number`])),
    accountNumber: anyOf(z.string().min(1).max(100), sql`a.number`),
    officeCode: anyOf(code, sql`o.code`),
    accountStatus: anyOf(accountStatus, sql`a.status`),
  },
  sorts: { accountNumber: sql`a.number`, name: sql`a.name`, officeCode: sql`o.code`, balance: sql`a.balance` },
  amounts: { currency: sql`a.currency`, sorts: ['balance'] },
  defaultSort: ['accountNumber', 'ASC'],
  tieBreaker: sql`a.id`,
});

/** An account as a search finds it; amounts in minor units, as they are now. */
type AccountFound = Pick<
  AccountCard,
  'id' | 'accountNumber' | 'name' | 'officeCode' | 'currency' | 'accountStatus' | 'balance' | 'credit' | 'stage'
>;

const columns = sql`a.id, a.number AS "accountNumber", a.name, o.code AS "officeCode", a.currency, a.status AS "accountStatus",
  a.balance, a.credit, ${stageNow} AS stage`;
const from = sql`accounts a JOIN offices o ON o.id = a.office_id LEFT JOIN account_states st ON st.account_id = a.id`;

/** Accounts as collections knows them: search by name and number, and the card of one (REP-6). */
@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly cipher: ContactCipher,
  ) {}

  /** `q` finds in name and number. No contact data here: that is shown one account at a time. */
  @Needs('accounts', 'read')
  @Get()
  async list(
    @ListParam(accountList) query: QueryOf<typeof accountList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AccountFound[]>> {
    const scope = officeScope(actor, sql`o.code`);
    return listAnswer(
      'accounts',
      query.from,
      await selectPage<AccountFound>(this.orm.em.fork(), query, { columns, from, scope }),
    );
  }

  /** The card of an account: figures of now, stage with its history, flags, contact data (masked for auditors). */
  @Needs('accounts', 'read')
  @Get(':id')
  card(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<AccountCard> {
    return readAccountCard(this.orm.em.fork(), this.cipher, id, actor);
  }
}
