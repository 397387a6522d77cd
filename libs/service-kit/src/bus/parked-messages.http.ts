import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { uuid } from '@recoup/contracts';
import { z } from 'zod';
import { recordAudit } from '../audit/audit.js';
import { row, sql, type Db, type RawBuilder } from '../database/database.js';
import { listAnswer, type Answer } from '../http/answer.js';
import { anyOf, defineList, filterOf, selectPage, type QueryOf } from '../http/list-query.js';
import { idempotent, type KeyedRequest } from '../http/idempotency.js';
import { notFound } from '../http/problem.js';
import { IdParam, Keyed, ListParam } from '../http/request.js';
import { officeScope, seesAllOffices, type Actor } from '../identity/actor.js';
import { CurrentActor, Needs } from '../identity/access.js';
import { BatchKafkaServer } from './batch-kafka-server.js';
import { discardParked } from './discard-parked.js';
import { parkedReasons, type Replayed } from './parked-messages.js';

/** A message that waits, or waited until `replayedAt`, without its contents, which may be anything. */
interface ParkedView {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly aggregateId: string;
  readonly type: string | null;
  readonly sequence: number | null;
  readonly reason: string;
  readonly detail: string;
  readonly parkedAt: string;
  readonly replayedAt: string | null;
}

/** What a replay came to. */
interface ReplayView {
  readonly applied: number;
  readonly stoppedBecause: string | null;
}

const word = z.string().min(1).max(200);
const parkedList = defineList({
  filters: {
    id: anyOf(uuid, sql`p.id`, 'uuid'),
    topic: anyOf(word, sql`p.topic`),
    type: anyOf(word, sql`p.type`),
    reason: anyOf(z.enum(parkedReasons), sql`p.reason`),
    aggregateId: anyOf(word, sql`p.aggregate_id`),
    waiting: filterOf(z.boolean(), (waiting) =>
      waiting ? sql`p.replayed_at IS NULL` : sql`p.replayed_at IS NOT NULL`,
    ),
  },
  sorts: { parkedAt: sql`p.parked_at`, sequence: sql`p.sequence`, topic: sql`p.topic`, reason: sql`p.reason` },
  defaultSort: ['parkedAt', 'DESC'],
  tieBreaker: sql`p.id`,
});
const columns = sql`p.id, p.topic, p.partition, p."offset", p.aggregate_id AS "aggregateId", p.type, p.sequence, p.reason, p.detail,
  p.parked_at AS "parkedAt", p.replayed_at AS "replayedAt"`;

const discardReason = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** Messages that could not be applied, and those that wait behind them; every service has them. */
@ApiTags('parked-messages')
@Controller('parked-messages')
export class ParkedMessagesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly server: BatchKafkaServer,
  ) {}

  @Needs('parked-messages', 'read')
  @Get()
  async list(
    @ListParam(parkedList) query: QueryOf<typeof parkedList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ParkedView[]>> {
    const parts = { columns, from: sql`parked_messages p`, scope: inSightOf(actor) };
    return listAnswer('parked-messages', query.from, await selectPage<ParkedView>(this.orm.em.fork(), query, parts));
  }

  @Needs('parked-messages', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<ParkedView> {
    return findParked(this.orm.em.fork(), id, actor);
  }

  /**
   * Applies the waiting messages of this one's aggregate again, in sequence, up to the first that still can't be applied:
   * `{applied, stoppedBecause}`, the latter null when all of them were.
   */
  @Needs('parked-messages', 'run')
  @Post(':id/replay')
  @HttpCode(200)
  async replay(
    @IdParam() id: string,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<ReplayView>> {
    const { topic, aggregateId } = await findParked(this.orm.em.fork(), id, actor);
    // What is applied commits by itself, message by message, on connections of its own, so it can't wait within the key's
    // transaction. Asked again it finds nothing left to apply; the key keeps the answer.
    const { applied, stoppedBecause }: Replayed = await this.server.replay(topic, aggregateId);
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      const after: ReplayView = { applied, stoppedBecause: stoppedBecause ?? null };
      await recordAudit(tx, {
        actor: actor.user,
        action: 'replay-parked',
        entityType: 'parked-message',
        entityId: id,
        after,
      });
      return { status: 200, body: after };
    });
  }

  /**
   * Gives up a message that can't be read and never will be, with the reason for the audit; answers the message, which
   * waits no longer. Where it was the next event of its aggregate, those behind it are applied soon after.
   */
  @Needs('parked-messages', 'delete')
  @Post(':id/discard')
  @HttpCode(200)
  async discard(
    @IdParam() id: string,
    @Body({ schema: discardReason }) { reason }: z.infer<typeof discardReason>,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<ParkedView>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      await findParked(tx, id, actor);
      const before = await discardParked(tx, id, reason);
      await recordAudit(tx, {
        actor: request.actor,
        action: 'discard-parked',
        entityType: 'parked-message',
        entityId: id,
        before,
        after: { reason },
      });
      return { status: 200, body: await findParked(tx, id, actor) };
    });
  }
}

async function findParked(db: Db, id: string, actor: Actor): Promise<ParkedView> {
  const found = await row<ParkedView>(
    db,
    sql`SELECT ${columns} FROM parked_messages p WHERE p.id = ${id} AND ${inSightOf(actor)}`,
  );
  if (!found) throw notFound('parked message');
  return found;
}

/**
 * Condition: a message about an account is in sight of those who may see the account's office (S3). One about anything else,
 * or about an account that isn't known yet, is nobody's own. Every service keeps accounts and offices under these names.
 */
function inSightOf(actor: Actor): RawBuilder<unknown> {
  if (seesAllOffices(actor)) return sql`TRUE`;
  return sql`NOT EXISTS (
    SELECT 1 FROM accounts a JOIN offices o ON o.id = a.office_id
    WHERE a.id = CASE WHEN p.aggregate_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN p.aggregate_id::uuid END
      AND NOT ${officeScope(actor, sql`o.code`)})`;
}
