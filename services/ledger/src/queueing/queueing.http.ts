import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Clock,
  created,
  CurrentActor,
  IdParam,
  Keyed,
  Needs,
  type Actor,
  type Answer,
  type KeyedRequest,
} from '@recoup/service-kit';
import type { z } from 'zod';
import { newQueueing, newQueueings, queueLines, type NewQueueings, type QueueingView } from './queue-lines.js';

/** Bill lines queued from one payer to another (LED-23, LED-41). */
@Controller('bill-lines')
export class QueueingController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /** Queues several bill lines of one account to a payer together, as one transaction of each kind. */
  @Needs('bill-lines', 'run')
  @Post('queue')
  @HttpCode(201)
  queueTogether(
    @Body({ schema: newQueueings }) body: NewQueueings,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<QueueingView>> {
    return created(this.orm.em, keyed, (tx) => queueLines(tx, this.clock, actor, body));
  }

  /**
   * Queues a bill line to a payer: all that is open of it moves; to an agency's payer, what a custom write-off closed on
   * the line of Self is referred. 201 with the transactions and the bill lines of who is responsible now.
   */
  @Needs('bill-lines', 'run')
  @Post(':id/queue')
  @HttpCode(201)
  queue(
    @IdParam() id: string,
    @Body({ schema: newQueueing }) body: z.infer<typeof newQueueing>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<QueueingView>> {
    return created(this.orm.em, keyed, (tx) => queueLines(tx, this.clock, actor, { ...body, billLineIds: [id] }));
  }
}
