import { Body, Controller, Get, HttpCode, Module, Post, Put } from '@nestjs/common';
import { Migration } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { uuid } from '@recoup/contracts';
import { z } from 'zod';
import { auditTablesSql, recordAudit } from '../audit/audit.js';
import { auditSealsMigration } from '../audit/audit-seals.sql.js';
import { AuditModule } from '../audit/audit.http.js';
import { serviceGrantsSql } from '../audit/grants.js';
import { clockTablesSql } from '../clock/test-clock.js';
import { row, run, sql, type DatabaseParts } from '../database/database.js';
import { Answer, listAnswer } from '../http/answer.js';
import { idempotencyTablesSql, idempotent, type KeyedRequest } from '../http/idempotency.js';
import { anyOf, containsText, defineList, filterOf, selectPage, type QueryOf } from '../http/list-query.js';
import { notFound } from '../http/problem.js';
import { IdParam, IfMatch, Keyed, ListParam } from '../http/request.js';
import { etag, requireVersion } from '../http/versions.js';
import { officeScope, type Actor } from '../identity/actor.js';
import { CurrentActor, Needs } from '../identity/access.js';

/** The smallest service that uses all of the kit's HTTP side, for the kit's own tests: flags that belong to offices. */
class FlagsMigration extends Migration {
  override up(): void {
    this.addSql(auditTablesSql);
    this.addSql(idempotencyTablesSql);
    this.addSql(clockTablesSql);
    this.addSql(`CREATE TABLE flags (id uuid PRIMARY KEY DEFAULT uuidv7(), code text NOT NULL UNIQUE,
      office_code text NOT NULL, version int NOT NULL DEFAULT 1)`);
    for (const statement of serviceGrantsSql('collections')) this.addSql(statement);
  }
}

export const flagsParts: DatabaseParts = {
  entities: [],
  migrations: [
    { name: 'Migration1', class: FlagsMigration },
    { name: 'Migration2', class: auditSealsMigration('collections') },
  ],
};

const list = defineList({
  filters: { id: anyOf(uuid, sql`f.id`, 'uuid'), q: filterOf(z.string(), (text) => containsText(text, [sql`f.code`])) },
  sorts: { code: sql`f.code` },
  defaultSort: ['code', 'ASC'],
  tieBreaker: sql`f.id`,
});

const newFlag = z.strictObject({ code: z.string().min(1).max(40), officeCode: z.string() });
const editedFlag = z.strictObject({ code: z.string().min(1) });
const columns = sql`f.id, f.code, f.office_code AS "officeCode"`;

interface Flag {
  id: string;
  code: string;
  officeCode: string;
  version: number;
}

@Controller('flags')
class FlagsController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('flags', 'read')
  @Get()
  async list(@ListParam(list) query: QueryOf<typeof list>, @CurrentActor() actor: Actor): Promise<Answer> {
    const scope = officeScope(actor, sql`f.office_code`);
    return listAnswer(
      'flags',
      query.from,
      await selectPage(this.orm.em.fork(), query, { columns, from: sql`flags f`, scope }),
    );
  }

  @Needs('flags', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer> {
    const scope = officeScope(actor, sql`f.office_code`);
    const found = await row<Flag>(
      this.orm.em.fork(),
      sql`SELECT ${columns}, f.version FROM flags f WHERE f.id = ${id} AND ${scope}`,
    );
    if (!found) throw notFound('flag');
    return new Answer(found, 200, etag(found.version));
  }

  @Needs('flags', 'create')
  @Post()
  @HttpCode(201)
  create(@Body({ schema: newFlag }) body: z.infer<typeof newFlag>, @Keyed() request: KeyedRequest): Promise<Answer> {
    return idempotent(this.orm.em, request, async (tx) => {
      const made = await row<Flag>(
        tx,
        sql`INSERT INTO flags AS f (code, office_code) VALUES (${body.code}, ${body.officeCode}) RETURNING ${columns}`,
      );
      await recordAudit(tx, {
        actor: request.actor,
        action: 'create',
        entityType: 'flag',
        entityId: made?.id,
        after: body,
      });
      return { status: 201, body: made };
    });
  }

  @Needs('flags', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: editedFlag }) body: z.infer<typeof editedFlag>,
    @IfMatch() version: number | undefined,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer> {
    return idempotent(this.orm.em, request, async (tx) => {
      const found = await row<Flag>(tx, sql`SELECT f.version FROM flags f WHERE f.id = ${id} FOR UPDATE`);
      if (!found) throw notFound('flag');
      requireVersion(version, found.version);
      await run(tx, sql`UPDATE flags SET code = ${body.code}, version = version + 1 WHERE id = ${id}`);
      return { status: 200, body: { id, ...body }, headers: etag(found.version + 1) };
    });
  }
}

@Module({ imports: [AuditModule.forRoot(() => sql`TRUE`)], controllers: [FlagsController] })
export class FlagsModule {}
