import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { code, isPlainText, plainTextInWords, uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  CurrentActor,
  defineList,
  DomainError,
  editedFields,
  etag,
  filterOf,
  IdParam,
  idempotent,
  IfMatch,
  Keyed,
  listAnswer,
  ListParam,
  Needs,
  notFound,
  recordAudit,
  requireVersion,
  row,
  run,
  selectPage,
  sql,
  wrongState,
  type Actor,
  type Db,
  type KeyedRequest,
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';

interface Flag {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly colour: string;
  readonly active: boolean;
  readonly version: number;
}

const name = z.string().trim().min(1).max(100).refine(isPlainText, plainTextInWords);
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour such as #1a7f37');
const newFlag = z.strictObject({ code, name, colour: colour.default('#6e7781'), active: z.boolean().default(true) });
const flagFields = z.strictObject({ name, colour, active: z.boolean() });
/** The code is what reports and actions name, so it stays; react-admin sends the whole row back. What is left out stays too. */
const editedFlag = flagFields
  .partial()
  .extend({ id: uuid.optional(), code: code.optional(), version: z.int().optional() });
const readOnly = ['id', 'code', 'version'];

const flagList = defineList({
  filters: {
    id: anyOf(uuid, sql`f.id`, 'uuid'),
    code: anyOf(code, sql`f.code`),
    active: filterOf(z.boolean(), (active) => sql`f.active = ${active}`),
    q: filterOf(z.string().trim().min(1).max(100), (q) => sql`strpos(lower(f.name || ' ' || f.code), lower(${q})) > 0`),
  },
  sorts: { code: sql`f.code`, name: sql`f.name`, active: sql`f.active` },
  defaultSort: ['name', 'ASC'],
  tieBreaker: sql`f.id`,
});
const columns = sql`f.id, f.code, f.name, f.colour, f.active, f.version`;

/** Flags that administrators define (COL-2): used ones are deactivated, not deleted. */
@ApiTags('flags')
@Controller('flags')
export class FlagsController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('flags', 'read')
  @Get()
  async list(@ListParam(flagList) query: QueryOf<typeof flagList>): Promise<Answer<Flag[]>> {
    const parts = { columns, from: sql`flags f`, scope: sql`TRUE` };
    return listAnswer('flags', query.from, await selectPage<Flag>(this.orm.em.fork(), query, parts));
  }

  @Needs('flags', 'read')
  @Get(':id')
  async read(@IdParam() id: string): Promise<Answer<Flag>> {
    const found = await row<Flag>(this.orm.em.fork(), sql`SELECT ${columns} FROM flags f WHERE f.id = ${id}`);
    if (!found) throw notFound('flag');
    return new Answer(found, 200, etag(found.version));
  }

  /** Adds a flag; a code that another one has is 409 `code-taken`. */
  @Needs('flags', 'create')
  @Post()
  @HttpCode(201)
  create(
    @Body({ schema: newFlag }) body: z.infer<typeof newFlag>,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<Flag>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      const made = await row<Flag>(
        tx,
        sql`INSERT INTO flags AS f (code, name, colour, active) VALUES (${body.code}, ${body.name}, ${body.colour}, ${body.active})
            ON CONFLICT (code) DO NOTHING RETURNING ${columns}`,
      );
      if (!made)
        throw new DomainError('state', 'code-taken', `There is a flag ${body.code} already.`, [
          { field: 'code', message: 'is taken', expected: 'a code of its own' },
        ]);
      await recordAudit(tx, {
        actor: actor.user,
        action: 'create-flag',
        entityType: 'flag',
        entityId: made.id,
        after: made,
      });
      return { status: 201, body: made, headers: etag(made.version) };
    });
  }

  /** Changes name, colour or whether it is active; another code, id or version than is stored is 400 `read-only`. */
  @Needs('flags', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: editedFlag }) body: z.infer<typeof editedFlag>,
    @IfMatch() version: number | undefined,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<Flag>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      const stored = await lockFlag(tx, id);
      requireVersion(version, stored.version);
      const wanted = editedFields(flagFields, body, { ...stored }, readOnly);
      const edited = await row<Flag>(
        tx,
        sql`UPDATE flags f SET name = ${wanted.name}, colour = ${wanted.colour}, active = ${wanted.active}, version = f.version + 1
            WHERE f.id = ${id} RETURNING ${columns}`,
      );
      if (!edited) throw notFound('flag');
      await recordAudit(tx, {
        actor: actor.user,
        action: 'edit-flag',
        entityType: 'flag',
        entityId: id,
        before: stored,
        after: edited,
      });
      return { status: 200, body: edited, headers: etag(edited.version) };
    });
  }

  /** Deletes a flag that no account ever had; one in use is 409 `flag-in-use`: deactivate it instead. */
  @Needs('flags', 'edit')
  @Delete(':id')
  remove(
    @IdParam() id: string,
    @IfMatch() version: number | undefined,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<Flag>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      const stored = await lockFlag(tx, id);
      requireVersion(version, stored.version);
      const used = await row(tx, sql`SELECT 1 FROM account_flags WHERE flag_id = ${id} LIMIT 1`);
      if (used)
        throw wrongState(
          'flag-in-use',
          'Accounts have this flag. Deactivate it: then it can be removed from them, not added.',
        );
      await run(tx, sql`DELETE FROM flags WHERE id = ${id}`);
      await recordAudit(tx, {
        actor: actor.user,
        action: 'delete-flag',
        entityType: 'flag',
        entityId: id,
        before: stored,
      });
      return { status: 200, body: stored };
    });
  }
}

async function lockFlag(tx: Db, id: string): Promise<Flag> {
  const stored = await row<Flag>(tx, sql`SELECT ${columns} FROM flags f WHERE f.id = ${id} FOR UPDATE`);
  if (!stored) throw notFound('flag');
  return stored;
}
