import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { code, uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  defineList,
  etag,
  filterOf,
  IdParam,
  listAnswer,
  ListParam,
  Needs,
  notFound,
  row,
  selectPage,
  sql,
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';

interface AgencyView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  readonly interfaceMethod: string;
  readonly fileFormat: unknown;
  readonly bookkeeping: string;
  readonly version: number;
}

const agencyList = defineList({
  filters: {
    id: anyOf(uuid, sql`g.id`, 'uuid'),
    code: anyOf(code, sql`g.code`),
    active: filterOf(z.boolean(), (active) => sql`g.active = ${active}`),
  },
  sorts: { code: sql`g.code`, name: sql`g.name`, active: sql`g.active` },
  defaultSort: ['code', 'ASC'],
  tieBreaker: sql`g.id`,
});
const columns = sql`g.id, g.code, g.name, g.active, g.interface_method AS "interfaceMethod", g.file_format AS "fileFormat", g.bookkeeping, g.version`;

/** Collection agencies (AGY-1); ARM ships with the system. */
@ApiTags('agencies')
@Controller('agencies')
export class AgenciesController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('agencies', 'read')
  @Get()
  async list(@ListParam(agencyList) query: QueryOf<typeof agencyList>): Promise<Answer<AgencyView[]>> {
    const parts = { columns, from: sql`agencies g`, scope: sql`TRUE` };
    return listAnswer('agencies', query.from, await selectPage<AgencyView>(this.orm.em.fork(), query, parts));
  }

  @Needs('agencies', 'read')
  @Get(':id')
  async read(@IdParam() id: string): Promise<Answer<AgencyView>> {
    const found = await row<AgencyView>(this.orm.em.fork(), sql`SELECT ${columns} FROM agencies g WHERE g.id = ${id}`);
    if (!found) throw notFound('agency');
    return new Answer(found, 200, etag(found.version));
  }
}
