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
import { eraseAccount, newErasure, type ErasureView, type NewErasure } from './erase-account.js';

/** Erasures of accounts (S28). Each service that keeps contact data confirms them in its own audit. */
@Controller('erasures')
export class ErasuresController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /** Erases what is personal of an account, for ever; 201 with `{accountId, reason, erasedAt}`. */
  @Needs('erasures', 'create')
  @Post()
  @HttpCode(201)
  erase(
    @Body({ schema: newErasure }) body: NewErasure,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ErasureView>> {
    return created(this.orm.em, keyed, (tx) => eraseAccount(tx, this.clock, actor, body));
  }
}
