import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { uuid } from '@recoup/contracts';
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
import { disputes, type DisputeView } from './dispute.js';
import { editDispute } from './edit-dispute.js';
import { newDispute, recordDispute } from './record-dispute.js';

const disputeList = defineList({
  filters: {
    id: anyOf(uuid, sql`d.id`, 'uuid'),
    accountId: anyOf(uuid, sql`d.account_id`, 'uuid'),
    invoiceId: anyOf(uuid, sql`d.invoice_id`, 'uuid'),
    open: filterOf(z.boolean(), (open) => (open ? sql`d.settled_on IS NULL` : sql`d.settled_on IS NOT NULL`)),
  },
  sorts: { openedOn: sql`d.opened_on`, settledOn: sql`d.settled_on`, amount: sql`d.amount` },
  amounts: { currency: sql`i.currency`, sorts: ['amount'] },
  defaultSort: ['openedOn', 'DESC'],
  tieBreaker: sql`d.id`,
});

/** Disputes of invoices (`rulings`, 7). */
@Controller('disputes')
export class DisputesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('disputes', 'read')
  @Get()
  list(
    @ListParam(disputeList) query: QueryOf<typeof disputeList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<DisputeView[]>> {
    return disputes.page(this.orm.em.fork(), query, actor);
  }

  @Needs('disputes', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<DisputeView>> {
    return shown(await disputes.one(this.orm.em.fork(), id, actor));
  }

  @Needs('disputes', 'create')
  @Post()
  @HttpCode(201)
  record(
    @Body({ schema: newDispute }) body: z.infer<typeof newDispute>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<DisputeView>> {
    return created(this.orm.em, keyed, (tx) => recordDispute(tx, this.clock, actor, body));
  }

  /** `{reason, settledOn}`; the other fields may be sent back as they are. */
  @Needs('disputes', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<DisputeView>> {
    return changed(this.orm.em, keyed, (tx) => editDispute(tx, this.clock, actor, id, body, version));
  }
}
