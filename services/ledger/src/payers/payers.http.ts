import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { payerType, uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  Clock,
  containsText,
  CurrentActor,
  defineList,
  etag,
  filterOf,
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
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';
import { asOfQuery } from '../accounts/accounts.http.js';
import { readPayerBalances, type PayerBalance } from '../postings/read-balance.js';
import { addPayer, editPayer } from './keep-payers.js';
import { newPayer, payerColumns, readPayer, type NewPayer, type PayerView } from './payer.js';

const payers = defineList({
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
const anyRecord = z.record(z.string(), z.unknown());

function shown(payer: PayerView, status = 200): Answer<PayerView> {
  return new Answer(payer, status, etag(payer.version));
}

/** Payers with the checks that an assignment skips (LED-11). */
@Controller('payers')
export class PayersController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('payers', 'read')
  @Get()
  async list(@ListParam(payers) query: QueryOf<typeof payers>): Promise<Answer> {
    const parts = { columns: payerColumns, from: sql`payers r`, scope: sql`TRUE` };
    return listAnswer('payers', query.from, await selectPage<PayerView>(this.orm.em.fork(), query, parts));
  }

  @Needs('payers', 'read')
  @Get(':id')
  async read(@IdParam() id: string): Promise<Answer<PayerView>> {
    return shown(await readPayer(this.orm.em.fork(), id));
  }

  /** What the payer owed at the end of a day, today in UTC unless told, by currency (LED-3). */
  @Needs('payers', 'read')
  @Get(':id/balance')
  async balance(
    @IdParam() id: string,
    @Query({ schema: asOfQuery }) { asOf }: z.infer<typeof asOfQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<PayerBalance[]> {
    const db = this.orm.em.fork();
    return readPayerBalances(db, actor, await readPayer(db, id), asOf ?? this.clock.today('UTC'));
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
    return idempotent(this.orm.em, keyed, async (tx) => shown(await addPayer(tx, actor, body), 201));
  }

  /** `{name, skipGroupNumberCheck, skipPolicyIdCheck, active}`; code and type stay, and Self as a whole. */
  @Needs('payers', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: anyRecord }) body: z.infer<typeof anyRecord>,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<PayerView>> {
    return idempotent(this.orm.em, keyed, async (tx) => shown(await editPayer(tx, actor, id, body, version)));
  }
}
