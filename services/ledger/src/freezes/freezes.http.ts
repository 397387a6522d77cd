import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { uuid } from '@recoup/contracts';
import {
  anyOf,
  changed,
  Clock,
  ContactCipher,
  created,
  CurrentActor,
  defineList,
  filterOf,
  IdParam,
  Keyed,
  ListParam,
  Needs,
  sql,
  type Actor,
  type Answer,
  type Db,
  type KeyedRequest,
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';
import { freezeAccount, newFreeze } from './freeze-account.js';
import { freezes, readFreeze, sealedFreezes, type FreezeRow, type FreezeView } from './freeze.js';
import { rollBackFreeze, type RolledBackFreeze } from './roll-back-freeze.js';

const freezeList = defineList({
  filters: {
    id: anyOf(uuid, sql`f.id`, 'uuid'),
    accountId: anyOf(uuid, sql`f.account_id`, 'uuid'),
    actionId: anyOf(uuid, sql`f.action_id`, 'uuid'),
    officeCode: anyOf(z.string().max(40), sql`o.code`),
    cancellationReasonCode: anyOf(z.string().max(40), sql`f.cancellation_reason_code`),
    rolledBack: filterOf(z.boolean(), (rolledBack) =>
      rolledBack ? sql`f.rolled_back_at IS NOT NULL` : sql`f.rolled_back_at IS NULL`,
    ),
  },
  sorts: { frozenAt: sql`f.frozen_at`, rolledBackAt: sql`f.rolled_back_at`, accountNumber: sql`a.number` },
  defaultSort: ['frozenAt', 'DESC'],
  tieBreaker: sql`f.id`,
});

/** Freezes of accounts with their active subscriptions, and their rollback (LED-52). */
@Controller('freezes')
export class FreezesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly cipher: ContactCipher,
  ) {}

  /** Without notes: those are shown one freeze at a time. */
  @Needs('freezes', 'read')
  @Get()
  list(
    @ListParam(freezeList) query: QueryOf<typeof freezeList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<FreezeRow[]>> {
    return freezes.page(this.orm.em.fork(), query, actor);
  }

  @Needs('freezes', 'read')
  @Get(':id')
  read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<FreezeView> {
    return readFreeze(this.orm.em.fork(), this.cipher, id, actor);
  }

  /** Freezes an account and its active subscriptions; 201 with the freeze. */
  @Needs('freezes', 'create')
  @Post()
  @HttpCode(201)
  freeze(
    @Body({ schema: newFreeze }) body: z.infer<typeof newFreeze>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<FreezeView>> {
    const parts = { clock: this.clock, cipher: this.cipher };
    const work = (tx: Db): Promise<FreezeView> => freezeAccount(tx, parts, actor, body);
    return created(this.orm.em, keyed, work, sealedFreezes<FreezeView>(this.cipher));
  }

  /** Sets back the account and what is still frozen; `leftAlone` names what was changed in between. */
  @Needs('freezes', 'run')
  @Post(':id/roll-back')
  @HttpCode(200)
  rollBack(
    @IdParam() id: string,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<RolledBackFreeze>> {
    const parts = { clock: this.clock, cipher: this.cipher };
    const work = (tx: Db): Promise<RolledBackFreeze> => rollBackFreeze(tx, parts, actor, id);
    return changed(this.orm.em, keyed, work, sealedFreezes<RolledBackFreeze>(this.cipher));
  }
}
