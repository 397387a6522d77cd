import { Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  Clock,
  ContactCipher,
  CurrentActor,
  defineList,
  filterOf,
  idempotent,
  IdParam,
  Keyed,
  listAnswer,
  ListParam,
  malformed,
  Needs,
  selectPage,
  SERVICE_CONFIG,
  sql,
  tooLarge,
  type Actor,
  type KeyedRequest,
  type ListQuery,
} from '@recoup/service-kit';
import type { Request } from 'express';
import { z } from 'zod';
import { plainText } from '../accounts/plain-text.js';
import type { LedgerConfig } from '../config.js';
import { cancelImport } from './cancel-import.js';
import { findMapping } from './mappings/find-mapping.js';
import { importColumns, importFrom, importScope, readImport, type ImportView } from './read-import.js';
import { resumeImport } from './resume-import.js';
import { startImport } from './start-import.js';

const imports = defineList({
  filters: {
    id: anyOf(uuid, sql`r.id`, 'uuid'),
    status: anyOf(z.string().max(40), sql`r.status`),
    mapping: anyOf(z.string().max(40), sql`i.mapping_name`),
  },
  sorts: { createdAt: sql`r.created_at`, fileName: sql`i.file_name` },
  defaultSort: ['createdAt', 'DESC'],
  tieBreaker: sql`r.id`,
});

const rejections = defineList({
  filters: {
    severity: anyOf(z.enum(['refused', 'warning']), sql`x.severity`),
    reason: anyOf(z.string().max(60), sql`x.reason`),
    line: filterOf(z.int(), (line) => sql`x.line = ${line}`),
  },
  sorts: { line: sql`x.line`, column: sql`x.column_name`, reason: sql`x.reason` },
  defaultSort: ['line', 'ASC'],
  tieBreaker: sql`x.id`,
});

const rejectionColumns = sql`x.id, x.line, x.column_name AS "column", x.value, x.reason, x.detail, x.severity,
  CASE x.severity WHEN 'refused' THEN 'refused' ELSE x.row_outcome END AS outcome`;
const importQuery = z.strictObject({
  mapping: z.string().min(1).max(12_000),
  fileName: plainText.min(1).max(255).default('upload.csv'),
});
const csvTypes = ['text/csv', 'text/plain', 'application/csv', 'application/octet-stream'];

/** Imports of accounts, subscriptions, invoices and payments (LED-60). */
@Controller()
export class ImportsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly cipher: ContactCipher,
    @Inject(SERVICE_CONFIG) private readonly config: LedgerConfig,
  ) {}

  @Needs('imports', 'read')
  @Get('imports')
  async list(
    @ListParam(imports) query: ListQuery<typeof imports.definition.filters>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const parts = { columns: importColumns, from: importFrom, scope: importScope(actor) };
    return listAnswer('imports', query.from, await selectPage<ImportView>(this.orm.em.fork(), query, parts));
  }

  @Needs('imports', 'read')
  @Get('imports/:id')
  read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<ImportView> {
    return readImport(this.orm.em.fork(), id, actor);
  }

  /**
   * What was refused or doubtful: line where the row starts, column, value, reason, what would be right. `outcome` is what
   * became of the row: `booked`, `unchanged` (known before), `refused`; null until it is booked, or if that never came.
   */
  @Needs('imports', 'read')
  @Get('imports/:id/rejections')
  async rejected(
    @IdParam() id: string,
    @ListParam(rejections) query: ListQuery<typeof rejections.definition.filters>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer> {
    const db = this.orm.em.fork();
    await readImport(db, id, actor);
    const parts = { columns: rejectionColumns, from: sql`import_rejections x`, scope: sql`x.import_id = ${id}` };
    return listAnswer('rejections', query.from, await selectPage(db, query, parts));
  }

  /**
   * Imports the CSV in the body (`text/csv`, streamed, any size up to the configured limit). `mapping` is the name of one
   * of GET `import-mappings`, or one whole as JSON; its `kind` says what a row is. 201 when the file is read and its booking has begun; poll `GET imports/{id}`.
   */
  @Needs('imports', 'create')
  @Post('imports')
  @HttpCode(201)
  async start(
    @Req() request: Request,
    @Query({ schema: importQuery }) query: z.infer<typeof importQuery>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ImportView>> {
    try {
      this.requireCsv(request);
      const mapping = await findMapping(this.orm.em.fork(), query.mapping);
      const given = {
        fileName: query.fileName,
        mapping,
        bytesMax: this.config.RECOUP_IMPORT_BYTES_MAX,
        source: request.iterator({ destroyOnReturn: false }),
      };
      return await startImport(this.orm.em.fork(), { clock: this.clock, cipher: this.cipher }, keyed, actor, given);
    } catch (error) {
      // What is still coming is read and dropped, so that the sender gets to see the answer.
      request.resume();
      throw error;
    }
  }

  /** Goes on with an import that was paused because a chunk failed again and again. */
  @Needs('imports', 'run')
  @Post('imports/:id/resume')
  @HttpCode(200)
  resume(
    @IdParam() id: string,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ImportView>> {
    return idempotent(this.orm.em, keyed, async (tx) => ({ status: 200, body: await resumeImport(tx, actor, id) }));
  }

  /** Ends an import; what is booked of it stays booked. */
  @Needs('imports', 'run')
  @Post('imports/:id/cancel')
  @HttpCode(200)
  cancel(
    @IdParam() id: string,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ImportView>> {
    return idempotent(this.orm.em, keyed, async (tx) => ({ status: 200, body: await cancelImport(tx, actor, id) }));
  }

  private requireCsv(request: Request): void {
    const type = (request.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (!csvTypes.includes(type))
      throw malformed(`The body must be a CSV file sent as text/csv, not ${type || 'without a type'}.`);
    if (Number(request.get('content-length') ?? 0) > this.config.RECOUP_IMPORT_BYTES_MAX)
      throw tooLarge(
        'file-too-large',
        `The file is larger than ${this.config.RECOUP_IMPORT_BYTES_MAX} bytes. Split it.`,
      );
  }
}
