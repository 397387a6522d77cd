import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { currencyCode, uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  CurrentActor,
  defineList,
  etag,
  idempotent,
  IdParam,
  IfMatch,
  Keyed,
  listAnswer,
  ListParam,
  Needs,
  officeScope,
  selectPage,
  sql,
  type Actor,
  type KeyedRequest,
  type ListQuery,
} from '@recoup/service-kit';
import { z } from 'zod';
import { editOffice, newOffice, officeColumns, readOffice, registerOffice, type OfficeView } from './edit-office.js';

const offices = defineList({
  filters: {
    id: anyOf(uuid, sql`o.id`, 'uuid'),
    code: anyOf(z.string().max(40), sql`o.code`),
    currency: anyOf(currencyCode, sql`o.currency`),
  },
  sorts: { code: sql`o.code`, name: sql`o.name`, currency: sql`o.currency` },
  defaultSort: ['code', 'ASC'],
  tieBreaker: sql`o.id`,
});
const anyRecord = z.record(z.string(), z.unknown());

/** Offices (LED-10). */
@Controller('offices')
export class OfficesController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('offices', 'read')
  @Get()
  async list(
    @ListParam(offices) query: ListQuery<typeof offices.definition.filters>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const parts = { columns: officeColumns, from: sql`offices o`, scope: officeScope(actor, sql`o.code`) };
    return listAnswer('offices', query.from, await selectPage<OfficeView>(this.orm.em.fork(), query, parts));
  }

  @Needs('offices', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<OfficeView>> {
    const office = await readOffice(this.orm.em.fork(), id, actor);
    return new Answer(office, 200, etag(office.version));
  }

  @Needs('offices', 'create')
  @Post()
  @HttpCode(201)
  register(
    @Body({ schema: newOffice }) body: z.infer<typeof newOffice>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<OfficeView>> {
    return idempotent(this.orm.em, keyed, async (tx) => {
      const office = await registerOffice(tx, actor, body);
      return { status: 201, body: office, headers: etag(office.version) };
    });
  }

  /** Name, time zone, locale, whether credit is applied at once; code and currency stay. */
  @Needs('offices', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: anyRecord }) body: z.infer<typeof anyRecord>,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<OfficeView>> {
    return idempotent(this.orm.em, keyed, async (tx) => {
      const office = await editOffice(tx, actor, id, body, version);
      return { status: 200, body: office, headers: etag(office.version) };
    });
  }
}
