import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Answer,
  CurrentActor,
  etag,
  idempotent,
  IdParam,
  IfMatch,
  Keyed,
  listAnswer,
  ListParam,
  Needs,
  selectPage,
  sql,
  type Actor,
  type KeyedRequest,
} from '@recoup/service-kit';
import { z } from 'zod';
import { addTransactionType, editTransactionType, newTransactionType } from './keep-transaction-types.js';
import { readReference, transactionTypes, type ReferenceRow } from './reference-data.js';
import { kindedList, type KindedQuery } from './reference-lists.js';

const anyRecord = z.record(z.string(), z.unknown());

function shown(type: ReferenceRow, status = 200): Answer<ReferenceRow> {
  return new Answer(type, status, etag(type.version));
}

/** Transaction types, with how each posts: the kind says (LED-1, LED-12). Custom write-offs have settings of their own. */
@Controller('transaction-types')
export class TransactionTypesController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('transaction-types', 'read')
  @Get()
  async list(@ListParam(kindedList) query: KindedQuery): Promise<Answer> {
    const parts = { columns: transactionTypes.columns, from: sql`transaction_types r`, scope: sql`TRUE` };
    return listAnswer('transaction-types', query.from, await selectPage(this.orm.em.fork(), query, parts));
  }

  @Needs('transaction-types', 'read')
  @Get(':id')
  async read(@IdParam() id: string): Promise<Answer<ReferenceRow>> {
    return shown(await readReference(this.orm.em.fork(), transactionTypes, id));
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
    return idempotent(this.orm.em, keyed, async (tx) => shown(await addTransactionType(tx, actor, body), 201));
  }

  /** `{name, plural, active}`; the other fields may be sent back as they are. */
  @Needs('transaction-types', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: anyRecord }) body: z.infer<typeof anyRecord>,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return idempotent(this.orm.em, keyed, async (tx) => shown(await editTransactionType(tx, actor, id, body, version)));
  }
}
