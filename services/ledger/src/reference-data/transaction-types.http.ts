import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  changed,
  created,
  CurrentActor,
  IdParam,
  IfMatch,
  Keyed,
  ListParam,
  Needs,
  sentFields,
  shown,
  type Actor,
  type Answer,
  type KeyedRequest,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { addTransactionType, editTransactionType, newTransactionType } from './keep-transaction-types.js';
import { transactionTypes, type ReferenceRow } from './reference-data.js';
import { kindedList, type KindedQuery } from './reference-lists.js';

/** Transaction types, with how each posts: the kind says (LED-1, LED-12). Custom write-offs have settings of their own. */
@Controller('transaction-types')
export class TransactionTypesController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('transaction-types', 'read')
  @Get()
  list(@ListParam(kindedList) query: KindedQuery, @CurrentActor() actor: Actor): Promise<Answer<ReferenceRow[]>> {
    return transactionTypes.page(this.orm.em.fork(), query, actor);
  }

  @Needs('transaction-types', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<ReferenceRow>> {
    return shown(await transactionTypes.one(this.orm.em.fork(), id, actor));
  }

  /** Adds a type of kind write-off or adjustment. */
  @Needs('transaction-types', 'create')
  @Post()
  @HttpCode(201)
  create(
    @Body({ schema: newTransactionType }) body: z.infer<typeof newTransactionType>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return created(this.orm.em, keyed, (tx) => addTransactionType(tx, actor, body));
  }

  /** `{name, plural, active}`; the other fields may be sent back as they are. */
  @Needs('transaction-types', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return changed(this.orm.em, keyed, (tx) => editTransactionType(tx, actor, id, body, version));
  }
}
