import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { currencyCode, uuid } from '@recoup/contracts';
import {
  anyOf,
  changed,
  Clock,
  created,
  CurrentActor,
  defineList,
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
import { editOffice, newOffice, offices, registerOffice, type OfficeView } from './edit-office.js';

const officeList = defineList({
  filters: {
    id: anyOf(uuid, sql`o.id`, 'uuid'),
    code: anyOf(z.string().max(40), sql`o.code`),
    currency: anyOf(currencyCode, sql`o.currency`),
  },
  sorts: { code: sql`o.code`, name: sql`o.name`, currency: sql`o.currency` },
  defaultSort: ['code', 'ASC'],
  tieBreaker: sql`o.id`,
});

/** Offices (LED-10). */
@Controller('offices')
export class OfficesController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  @Needs('offices', 'read')
  @Get()
  list(
    @ListParam(officeList) query: QueryOf<typeof officeList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<OfficeView[]>> {
    return offices.page(this.orm.em.fork(), query, actor);
  }

  @Needs('offices', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<OfficeView>> {
    return shown(await offices.one(this.orm.em.fork(), id, actor));
  }

  @Needs('offices', 'create')
  @Post()
  @HttpCode(201)
  register(
    @Body({ schema: newOffice }) body: z.infer<typeof newOffice>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<OfficeView>> {
    return created(this.orm.em, keyed, (tx) => registerOffice(tx, actor, body));
  }

  /**
   * Name, time zone, locale, whether credit is applied at once; code and currency stay. Of the time zone: 422
   * `booked-after-today`, in the new one it is still a day before what the office has booked; 409 `import-under-way`.
   */
  @Needs('offices', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<OfficeView>> {
    return changed(this.orm.em, keyed, (tx) => editOffice(tx, this.clock, actor, id, body, version));
  }
}
