import { Body, Controller, HttpCode, Post } from '@nestjs/common';
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
import type { TransactionView } from '../transactions/transaction-view.js';
import { adjust, newAdjustment, type NewAdjustment } from './adjust.js';

/** Adjustments, EXCOL included (LED-32); they are listed among the transactions, by kind. */
@Controller('adjustments')
export class AdjustmentsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /** Adjusts an account, an invoice or a bill line; 201 with the transaction. */
  @Needs('transactions', 'create')
  @Post()
  @HttpCode(201)
  adjust(
    @Body({ schema: newAdjustment }) body: NewAdjustment,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<TransactionView>> {
    return created(this.orm.em, keyed, (tx) => adjust(tx, this.clock, actor, body));
  }
}
