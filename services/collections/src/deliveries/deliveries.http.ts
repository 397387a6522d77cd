import { Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { code, uuid } from '@recoup/contracts';
import {
  deliveryColumns,
  deliveryFile,
  nextDeliveryStatus,
  sameContent,
  type Delivery,
  type EncodedFile,
} from '@recoup/file-exchange';
import {
  anyOf,
  CurrentActor,
  defineList,
  IdParam,
  idempotent,
  Keyed,
  listAnswer,
  ListParam,
  Needs,
  notFound,
  recordAudit,
  row,
  run,
  seesAllOffices,
  selectPage,
  sql,
  wrongState,
  type Actor,
  type Answer,
  type Db,
  type KeyedRequest,
  type QueryOf,
  type RawBuilder,
} from '@recoup/service-kit';
import type { Response } from 'express';
import { z } from 'zod';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import { sendFile } from '../bulk-actions/send-file.js';
import { PlacementSource } from './placement-source.js';

/** A delivery as the API shows it; totals in minor units by currency, checksum SHA-256 in hex. */
interface DeliveryView {
  readonly id: string;
  readonly agencyCode: string;
  readonly kind: string;
  readonly bulkActionId: string;
  readonly fileSequence: number;
  readonly fileName: string;
  readonly fileDate: string;
  readonly rows: number;
  readonly totals: readonly { currency: string; count: number; amount: number }[];
  readonly status: string;
  readonly attempts: number;
  readonly checksum: string | null;
  readonly lastError: string | null;
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly deliveredAt: string | null;
}

const deliveryList = defineList({
  filters: {
    id: anyOf(uuid, sql`d.id`, 'uuid'),
    agencyCode: anyOf(code, sql`d.recipient`),
    bulkActionId: anyOf(uuid, sql`d.batch_id`, 'uuid'),
    status: anyOf(z.enum(['pending', 'sending', 'delivered', 'failed']), sql`d.status`),
  },
  sorts: {
    createdAt: sql`d.created_at`,
    fileSequence: sql`d.file_sequence`,
    agencyCode: sql`d.recipient`,
    status: sql`d.status`,
    deliveredAt: sql`d.delivered_at`,
  },
  defaultSort: ['createdAt', 'DESC'],
  tieBreaker: sql`d.id`,
});
const columns = sql`d.id, d.recipient AS "agencyCode", d.kind, d.batch_id AS "bulkActionId", d.file_sequence AS "fileSequence", d.file_name AS "fileName",
  d.file_date AS "fileDate", d.row_count AS rows, d.totals, d.status, d.attempts, d.checksum, d.last_error AS "lastError",
  CASE WHEN d.status = 'pending' THEN d.next_attempt_at END AS "nextAttemptAt", d.created_at AS "createdAt", d.delivered_at AS "deliveredAt"`;

/** Files on their way to agencies, and those that arrived (AGY-4). */
@ApiTags('deliveries')
@Controller('deliveries')
export class DeliveriesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly source: PlacementSource,
    private readonly slots: DownloadSlots,
  ) {}

  @Needs('deliveries', 'read')
  @Get()
  async list(
    @ListParam(deliveryList) query: QueryOf<typeof deliveryList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<DeliveryView[]>> {
    const parts = { columns, from: sql`deliveries d`, scope: deliveryScope(actor) };
    return listAnswer('deliveries', query.from, await selectPage<DeliveryView>(this.orm.em.fork(), query, parts));
  }

  @Needs('deliveries', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<DeliveryView> {
    return requireDelivery(this.orm.em.fork(), id, actor);
  }

  /** The file, streamed from its rows: the same bytes as were or will be sent. Noted in the audit. */
  @Needs('deliveries', 'export')
  @Get(':id/file')
  async file(@IdParam() id: string, @CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    const db = this.orm.em.fork();
    await requireDelivery(db, id, actor);
    const delivery = await row<Delivery>(db, sql`SELECT ${deliveryColumns} FROM deliveries WHERE id = ${id}`);
    if (!delivery) throw notFound('delivery');
    await this.slots.use(response, async () => {
      await recordAudit(db, {
        actor: actor.user,
        action: 'download-delivery',
        entityType: 'delivery',
        entityId: id,
        bulkActionId: delivery.batchId,
        after: { fileName: delivery.fileName },
      });
      const file = await deliveryFile(db, this.source, delivery);
      await sendFile(response, delivery.fileName, 'text/csv; charset=utf-8', checked(file, delivery));
    });
  }

  /** Sends a failed delivery again. */
  @Needs('deliveries', 'run')
  @Post(':id/resend')
  @HttpCode(200)
  resend(
    @IdParam() id: string,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<DeliveryView>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      await row(tx, sql`SELECT 1 FROM deliveries WHERE id = ${id} FOR UPDATE`);
      const found = await row<Delivery>(
        tx,
        sql`SELECT ${deliveryColumns} FROM deliveries d WHERE id = ${id} AND ${deliveryScope(actor)}`,
      );
      if (!found) throw notFound('delivery');
      const status = nextDeliveryStatus(found.status, 'resend');
      if (!status)
        throw wrongState('wrong-state', `The delivery is ${found.status}; only a failed one can be sent again.`);
      await run(
        tx,
        sql`UPDATE deliveries SET status = ${status}, attempts = 0, next_attempt_at = clock_timestamp() WHERE id = ${id}`,
      );
      await recordAudit(tx, {
        actor: actor.user,
        action: 'resend-delivery',
        entityType: 'delivery',
        entityId: id,
        bulkActionId: found.batchId,
      });
      return { status: 200, body: await requireDelivery(tx, id, actor) };
    });
  }
}

/** A file is in sight of those who may see every office that it names. */
function deliveryScope(actor: Actor): RawBuilder<unknown> {
  return seesAllOffices(actor)
    ? sql`TRUE`
    : sql`NOT EXISTS (SELECT 1 FROM placement_rows p WHERE p.batch_id = d.batch_id AND p.office_code <> ALL(${[...actor.offices]}::text[]))`;
}

async function requireDelivery(db: Db, id: string, actor: Actor): Promise<DeliveryView> {
  const found = await row<DeliveryView>(
    db,
    sql`SELECT ${columns} FROM deliveries d WHERE d.id = ${id} AND ${deliveryScope(actor)}`,
  );
  if (!found) throw notFound('delivery');
  return found;
}

/** Cuts the download off when the rows no longer give what was delivered, so that a wrong file never looks whole. */
async function* checked(file: EncodedFile, delivery: Delivery): AsyncGenerator<Uint8Array, void> {
  let held: Uint8Array | undefined;
  for await (const chunk of file.chunks) {
    if (held) yield held;
    held = chunk;
  }
  if (!sameContent(file.summary(), delivery)) throw new Error('The rows no longer give the file that was delivered');
  if (held) yield held;
}
