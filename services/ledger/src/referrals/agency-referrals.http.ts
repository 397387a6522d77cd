import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Clock,
  created,
  CurrentActor,
  Keyed,
  Needs,
  type Actor,
  type Answer,
  type KeyedRequest,
} from '@recoup/service-kit';
import type { z } from 'zod';
import type { Unreferred } from '../queueing/queueable-lines.sql.js';
import type { TransactionView } from '../transactions/transaction-view.js';
import { begunReferrals, begunReferralsQuery } from './begun-referrals.js';
import { newRecall, recallFromAgency, type NewRecall } from './recall-from-agency.js';
import {
  newAgencyReferral,
  referToAgency,
  type AgencyReferralView,
  type NewAgencyReferral,
} from './refer-to-agency.js';

/** Referrals to collection agencies and their recall (LED-41, LED-42); both are listed among the transactions, by kind. */
@Controller('agency-referrals')
export class AgencyReferralsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /** The lines of an account whose referral was left between the write-off and the queueing, by type of the write-off. */
  @Needs('bill-lines', 'read')
  @Get('begun')
  begun(
    @Query({ schema: begunReferralsQuery }) { accountId }: z.infer<typeof begunReferralsQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<Unreferred[]> {
    return begunReferrals(this.orm.em.fork(), actor, accountId);
  }

  /**
   * Refers all that is open of an account, an invoice or a bill line to an agency: what Procentive's steps book one by one,
   * in one go. 201 with what was booked.
   */
  @Needs('agency-referrals', 'create')
  @Post()
  @HttpCode(201)
  refer(
    @Body({ schema: newAgencyReferral }) body: NewAgencyReferral,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AgencyReferralView>> {
    return created(this.orm.em, keyed, (tx) => referToAgency(tx, this.clock, actor, body));
  }

  /** Recalls what the agency has not collected of an account, an invoice or a bill line; 201 with the transaction. */
  @Needs('agency-referrals', 'run')
  @Post('recall')
  @HttpCode(201)
  recall(
    @Body({ schema: newRecall }) body: NewRecall,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<TransactionView>> {
    return created(this.orm.em, keyed, (tx) => recallFromAgency(tx, this.clock, actor, body));
  }
}
