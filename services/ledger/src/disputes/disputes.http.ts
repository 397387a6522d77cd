import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  Clock,
  CurrentActor,
  defineList,
  editedFields,
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
  type ListQuery,
} from '@recoup/service-kit';
import { z } from 'zod';
import {
  disputeColumns,
  disputeFrom,
  editDispute,
  editedDispute,
  newDispute,
  readDispute,
  readOnlyDisputeFields,
  recordDispute,
  type DisputeView,
} from './record-dispute.js';

const disputes = defineList({
  filters: {
    id: anyOf(uuid, sql`d.id`, 'uuid'),
    accountId: anyOf(uuid, sql`d.account_id`, 'uuid'),
    invoiceId: anyOf(uuid, sql`d.invoice_id`, 'uuid'),
    open: filterOf(z.boolean(), (open) => (open ? sql`d.settled_on IS NULL` : sql`d.settled_on IS NOT NULL`)),
  },
  sorts: { openedOn: sql`d.opened_on`, settledOn: sql`d.settled_on`, amount: sql`d.amount` },
  defaultSort: ['openedOn', 'DESC'],
  tieBreaker: sql`d.id`,
});
const anyRecord = z.record(z.string(), z.unknown());

/** Disputes of invoices (`rulings`, 7). */
@Controller('disputes')
export class DisputesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('disputes', 'read')
  @Get()
  async list(
    @ListParam(disputes) query: ListQuery<typeof disputes.definition.filters>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const parts = { columns: disputeColumns, from: disputeFrom, scope: officeScope(actor, sql`o.code`) };
    return listAnswer('disputes', query.from, await selectPage<DisputeView>(this.orm.em.fork(), query, parts));
  }

  @Needs('disputes', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<DisputeView>> {
    const dispute = await readDispute(this.orm.em.fork(), id, actor);
    return new Answer(dispute, 200, etag(dispute.version));
  }

  @Needs('disputes', 'create')
  @Post()
  @HttpCode(201)
  record(
    @Body({ schema: newDispute }) body: z.infer<typeof newDispute>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<DisputeView>> {
    return idempotent(this.orm.em, keyed, async (tx) => {
      const dispute = await recordDispute(tx, this.clock, actor, body);
      return { status: 201, body: dispute, headers: etag(dispute.version) };
    });
  }

  /** `{reason, settledOn}`; the other fields may be sent back as they are. */
  @Needs('disputes', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: anyRecord }) body: z.infer<typeof anyRecord>,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<DisputeView>> {
    return idempotent(this.orm.em, keyed, async (tx) => {
      const stored = await readDispute(tx, id, actor);
      const edited = editedFields(editedDispute, body, { ...stored }, readOnlyDisputeFields);
      const dispute = await editDispute(tx, this.clock, actor, id, edited, version);
      return { status: 200, body: dispute, headers: etag(dispute.version) };
    });
  }
}
