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
import type { Answer } from '../http/answer.js';
import { idempotencyTablesSql, type KeyedRequest } from '../http/idempotency.js';
import { anyOf, containsText, defineList, filterOf, type QueryOf } from '../http/list-query.js';
import { changed, created, shown } from '../http/outcomes.js';
import { defineRecords } from '../http/records.js';
import { IdParam, IfMatch, Keyed, ListParam } from '../http/request.js';
import { editedFields, requireVersion, sentFields, type SentFields } from '../http/versions.js';
import type { Actor } from '../identity/actor.js';
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

interface Flag {
  readonly id: string;
  readonly code: string;
  readonly officeCode: string;
  readonly version: number;
}

const flags = defineRecords<Flag>({
  name: 'flags',
  entity: 'flag',
  columns: sql`f.id, f.code, f.office_code AS "officeCode", f.version`,
  from: sql`flags f`,
  id: sql`f.id`,
  office: sql`f.office_code`,
});

@Controller('flags')
class FlagsController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('flags', 'read')
  @Get()
  list(@ListParam(list) query: QueryOf<typeof list>, @CurrentActor() actor: Actor): Promise<Answer<Flag[]>> {
    return flags.page(this.orm.em.fork(), query, actor);
  }

  @Needs('flags', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<Flag>> {
    return shown(await flags.one(this.orm.em.fork(), id, actor));
  }

  @Needs('flags', 'create')
  @Post()
  @HttpCode(201)
  create(
    @Body({ schema: newFlag }) body: z.infer<typeof newFlag>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<Flag>> {
    return created(this.orm.em, keyed, async (tx) => {
      const made = await row<{ id: string }>(
        tx,
        sql`INSERT INTO flags (code, office_code) VALUES (${body.code}, ${body.officeCode}) RETURNING id`,
      );
      await recordAudit(tx, {
        actor: actor.user,
        action: 'create',
        entityType: 'flag',
        entityId: made?.id,
        after: body,
      });
      return flags.one(tx, made?.id ?? '', actor);
    });
  }

  @Needs('flags', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<Flag>> {
    return changed(this.orm.em, keyed, async (tx) => {
      await run(tx, sql`SELECT FROM flags WHERE id = ${id} FOR UPDATE`);
      const stored = await flags.one(tx, id, actor);
      requireVersion(version, stored.version);
      const { code } = editedFields(editedFlag, body, { ...stored }, ['id', 'officeCode', 'version']);
      await run(tx, sql`UPDATE flags SET code = ${code}, version = version + 1 WHERE id = ${id}`);
      return flags.one(tx, id, actor);
    });
  }
}

@Module({ imports: [AuditModule.forRoot(() => sql`TRUE`)], controllers: [FlagsController] })
export class FlagsModule {}
