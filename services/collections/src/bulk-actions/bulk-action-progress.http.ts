import { Controller, Get, Headers, Res, type OnApplicationShutdown } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  CurrentActor,
  DomainError,
  Needs,
  row,
  rows,
  sql,
  type Actor,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import type { Response } from 'express';
import type { BulkActionView } from './bulk-action-schema.js';
import { bulkActionColumns, bulkActionFrom, bulkActionScope } from './bulk-action-view.sql.js';

const pollMs = 400;
const heartbeatMs = 15_000;
const lookBackMs = 60_000;
const pageActions = 100;
const streamsOfUserMax = 10;
const streamMsMax = 55 * 60_000;

/**
 * Progress as server-sent events, one stream a tab. Each event `bulk-action` is the action's whole state, so that one that
 * comes twice does no harm and none has to be kept: a stream that begins again with `Last-Event-ID` gets the state of all
 * that moved since. The id is the instant of the state in milliseconds; a minute is looked back from it, since what was
 * noted then may have been committed later. Who can't hold a stream polls the list.
 */
@ApiTags('bulk-actions')
@Controller('bulk-actions')
export class BulkActionProgressController implements OnApplicationShutdown {
  private readonly streams = new Map<Response, string>();

  constructor(private readonly orm: MikroORM) {}

  /** Ends the streams, so that the server can close; browsers come back by themselves. */
  onApplicationShutdown(): void {
    for (const response of this.streams.keys()) response.end();
  }

  @Needs('bulk-actions', 'read')
  @Get('progress')
  async progress(
    @CurrentActor() actor: Actor,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const db = this.orm.em.fork();
    const started = Date.now();
    let since = sinceOf(lastEventId) ?? (await databaseNow(db));
    let told = new Map<string, string>();
    let saidAt = started;
    this.take(response, actor);
    openStream(response);
    response.on('close', () => this.streams.delete(response));
    while (this.streams.has(response) && Date.now() - started < streamMsMax) {
      const moved = await movedActions(db, actor, since - lookBackMs).catch(() => undefined);
      if (moved) {
        const states = new Map(moved.actions.map((action) => [action.id, JSON.stringify(action)]));
        for (const [id, state] of states) {
          if (told.get(id) === state) continue;
          response.write(`id: ${moved.now}\nevent: bulk-action\ndata: ${state}\n\n`);
          saidAt = Date.now();
        }
        told = states;
        since = moved.now;
      }
      if (Date.now() - saidAt >= heartbeatMs) {
        response.write(`event: heartbeat\ndata: {}\n\n`);
        saidAt = Date.now();
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    response.end();
  }

  private take(response: Response, { user }: Actor): void {
    const held = [...this.streams.values()].filter((each) => each === user).length;
    if (held >= streamsOfUserMax)
      throw new DomainError(
        'too-many',
        'too-many-streams',
        `Close some tabs: ${held} of yours follow the progress already.`,
      );
    this.streams.set(response, user);
  }
}

function openStream(response: Response): void {
  response.status(200);
  response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store, no-transform');
  response.setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();
  response.write('retry: 2000\n\n');
}

function sinceOf(lastEventId: string | undefined): number | undefined {
  return lastEventId !== undefined && /^\d{10,15}$/.test(lastEventId) ? Number(lastEventId) : undefined;
}

const nowMs: RawBuilder<unknown> = sql`floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;

async function databaseNow(db: Db): Promise<number> {
  return (await row<{ now: number }>(db, sql`SELECT ${nowMs} AS now`))?.now ?? Date.now();
}

/**
 * All of the actor's actions that are under way, paused, or moved since an instant, oldest first. Paused ones are among
 * them, since the engine pauses a run that fails without moving its action. They are read page by page, so that none is
 * left out however many there are.
 */
async function movedActions(
  db: Db,
  actor: Actor,
  sinceMs: number,
): Promise<{ now: number; actions: BulkActionView[] }> {
  const now = await databaseNow(db);
  const actions: BulkActionView[] = [];
  let after = { movedAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
  for (let full = true; full;) {
    const page: (BulkActionView & { movedAt: string })[] = await rows(
      db,
      sql`SELECT ${bulkActionColumns}, b.moved_at::text AS "movedAt" FROM ${bulkActionFrom}
          WHERE r.kind = 'bulk-action' AND (b.moved_at, b.id) > (${after.movedAt}::timestamptz, ${after.id}::uuid)
            AND (r.status IN ('previewing', 'running', 'paused') OR b.moved_at >= to_timestamp(${sinceMs / 1000}::float8))
            AND ${bulkActionScope(actor)}
          ORDER BY b.moved_at, b.id LIMIT ${pageActions}`,
    );
    for (const { movedAt, ...action } of page) {
      actions.push(action);
      after = { movedAt, id: action.id };
    }
    full = page.length === pageActions;
  }
  return { now, actions };
}
