import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { businessDate, code, uuid } from '@recoup/contracts';
import {
  anyOf,
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
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';

/** A referral record; `amount` in minor units of `currency`, as it stood on the day. */
interface ReferralView {
  readonly id: string;
  readonly number: number;
  readonly type: 'referral' | 'cancel';
  readonly agencyCode: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly officeCode: string;
  readonly amount: number;
  readonly currency: string;
  readonly referredOn: string;
  readonly actor: string;
  readonly bulkActionId: string | null;
  readonly createdAt: string;
}

const referralList = defineList({
  filters: {
    id: anyOf(uuid, sql`f.id`, 'uuid'),
    accountId: anyOf(uuid, sql`f.account_id`, 'uuid'),
    agencyCode: anyOf(code, sql`g.code`),
    bulkActionId: anyOf(uuid, sql`f.bulk_action_id`, 'uuid'),
    type: anyOf(z.enum(['referral', 'cancel']), sql`f.type`),
    from: filterOf(businessDate, (day) => sql`f.referred_on >= ${day}`),
    to: filterOf(businessDate, (day) => sql`f.referred_on <= ${day}`),
  },
  sorts: {
    createdAt: sql`f.created_at`,
    number: sql`f.number`,
    referredOn: sql`f.referred_on`,
    amount: sql`f.amount`,
    accountNumber: sql`a.number`,
    agencyCode: sql`g.code`,
  },
  amounts: { currency: sql`f.currency`, sorts: ['amount'] },
  defaultSort: ['createdAt', 'DESC'],
  tieBreaker: sql`f.id`,
});
const columns = sql`f.id, f.number, f.type, g.code AS "agencyCode", f.account_id AS "accountId", a.number AS "accountNumber", o.code AS "officeCode",
  f.amount, f.currency, f.referred_on AS "referredOn", f.actor, f.bulk_action_id AS "bulkActionId", f.created_at AS "createdAt"`;
const from = sql`referrals f JOIN agencies g ON g.id = f.agency_id JOIN accounts a ON a.id = f.account_id JOIN offices o ON o.id = a.office_id`;

/** Referral records: an account's agency history, which nobody changes (AGY-2). */
@ApiTags('referrals')
@Controller('referrals')
export class ReferralsController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('referrals', 'read')
  @Get()
  async list(
    @ListParam(referralList) query: QueryOf<typeof referralList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferralView[]>> {
    const scope = officeScope(actor, sql`o.code`);
    return listAnswer(
      'referrals',
      query.from,
      await selectPage<ReferralView>(this.orm.em.fork(), query, { columns, from, scope }),
    );
  }

  @Needs('referrals', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<ReferralView> {
    const found = await row<ReferralView>(
      this.orm.em.fork(),
      sql`SELECT ${columns} FROM ${from} WHERE f.id = ${id} AND ${officeScope(actor, sql`o.code`)}`,
    );
    if (!found) throw notFound('referral');
    return found;
  }
}
