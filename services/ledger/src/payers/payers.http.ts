import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { payerType, uuid } from '@recoup/contracts';
import {
  anyOf,
  changed,
  Clock,
  containsText,
  created,
  CurrentActor,
  defineList,
  filterOf,
  IdParam,
  IfMatch,
  Keyed,
  ListParam,
  Needs,
  sentFields,
  shown,
  sql,
  type Actor,
  type Answer,
  type KeyedRequest,
  type QueryOf,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { asOfQuery } from '../accounts/accounts.http.js';
import { addPayer, editPayer } from './keep-payers.js';
import { readPayerBalances, type PayerBalance } from './payer-balance.js';
import { newPayer, payers, type NewPayer, type PayerView } from './payer.js';

const payerList = defineList({
  filters: {
    id: anyOf(uuid, sql`r.id`, 'uuid'),
    code: anyOf(z.string().max(40), sql`r.code`),
    type: anyOf(payerType, sql`r.type`),
    active: filterOf(z.boolean(), (active) => sql`r.active = ${active}`),
    q: filterOf(z.string().min(1).max(200), (text) => containsText(text, [sql`r.code`, sql`r.name`])),
  },
  sorts: { code: sql`r.code`, name: sql`r.name`, type: sql`r.type` },
  defaultSort: ['code', 'ASC'],
  tieBreaker: sql`r.id`,
});

/** Payers with the checks that an assignment skips (LED-11). */
@Controller('payers')
export class PayersController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('payers', 'read')
  @Get()
  list(
    @ListParam(payerList) query: QueryOf<typeof payerList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<PayerView[]>> {
    return payers.page(this.orm.em.fork(), query, actor);
  }

  @Needs('payers', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<PayerView>> {
    return shown(await payers.one(this.orm.em.fork(), id, actor));
  }

  /** What the payer owed at the end of a day, today unless told, by currency (LED-3). */
  @Needs('payers', 'read')
  @Get(':id/balance')
  async balance(
    @IdParam() id: string,
    @Query({ schema: asOfQuery }) { asOf }: z.infer<typeof asOfQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<PayerBalance[]> {
    const db = this.orm.em.fork();
    return readPayerBalances(db, this.clock, actor, await payers.one(db, id, actor), asOf);
  }

  /** Adds an insurer or a generic payer, such as an agency. */
  @Needs('payers', 'create')
  @Post()
  @HttpCode(201)
  add(
    @Body({ schema: newPayer }) body: NewPayer,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<PayerView>> {
    return created(this.orm.em, keyed, (tx) => addPayer(tx, actor, body));
  }

  /** `{name, skipGroupNumberCheck, skipPolicyIdCheck, active}`; code and type stay, and Self as a whole. */
  @Needs('payers', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<PayerView>> {
    return changed(this.orm.em, keyed, (tx) => editPayer(tx, actor, id, body, version));
  }
}
