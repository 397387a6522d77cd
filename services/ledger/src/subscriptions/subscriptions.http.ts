import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { subscriptionStatus, uuid } from '@recoup/contracts';
import {
  anyOf,
  changed,
  Clock,
  created,
  CurrentActor,
  defineList,
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
import { rollBackSubscription } from '../freezes/roll-back-freeze.js';
import { editSubscription, newSubscription, openSubscription } from './keep-subscription.js';
import { subscriptions, type SubscriptionView } from './subscription.js';

const subscriptionList = defineList({
  filters: {
    id: anyOf(uuid, sql`s.id`, 'uuid'),
    accountId: anyOf(uuid, sql`s.account_id`, 'uuid'),
    number: anyOf(z.string().max(200), sql`s.number`),
    officeCode: anyOf(z.string().max(40), sql`o.code`),
    serviceTypeCode: anyOf(z.string().max(40), sql`s.service_type_code`),
    status: anyOf(subscriptionStatus, sql`s.status`),
  },
  sorts: {
    number: sql`s.number`,
    startedOn: sql`s.started_on`,
    initialServiceDiscount: sql`s.initial_service_discount`,
    status: sql`s.status`,
  },
  defaultSort: ['number', 'ASC'],
  tieBreaker: sql`s.id`,
});

/** Subscriptions with their initial service discount (LED-21). */
@Controller('subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('subscriptions', 'read')
  @Get()
  list(
    @ListParam(subscriptionList) query: QueryOf<typeof subscriptionList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<SubscriptionView[]>> {
    return subscriptions.page(this.orm.em.fork(), query, actor);
  }

  @Needs('subscriptions', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<SubscriptionView>> {
    return shown(await subscriptions.one(this.orm.em.fork(), id, actor));
  }

  /** Opens a subscription of an active account; its number is unique within the office. */
  @Needs('subscriptions', 'create')
  @Post()
  @HttpCode(201)
  open(
    @Body({ schema: newSubscription }) body: z.infer<typeof newSubscription>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<SubscriptionView>> {
    return created(this.orm.em, keyed, (tx) => openSubscription(tx, this.clock, actor, body));
  }

  /** `{serviceTypeCode, initialServiceDiscount, status}` with status active or cancelled; the rest may be sent back as it is. */
  @Needs('subscriptions', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<SubscriptionView>> {
    return changed(this.orm.em, keyed, (tx) => editSubscription(tx, this.clock, actor, id, body, version));
  }

  /** Sets one subscription back to what it was before its account's freeze; the account stays frozen (LED-52). */
  @Needs('freezes', 'run')
  @Post(':id/roll-back')
  @HttpCode(200)
  rollBack(
    @IdParam() id: string,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<SubscriptionView>> {
    return changed(this.orm.em, keyed, (tx) => rollBackSubscription(tx, this.clock, actor, id));
  }
}
