import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Answer,
  CurrentActor,
  IdParam,
  Keyed,
  listAnswer,
  ListParam,
  Needs,
  notFound,
  selectPage,
  type Actor,
  type KeyedRequest,
  type QueryOf,
} from '@recoup/service-kit';
import { z } from 'zod';
import { bulkActionSchema, type BulkActionView } from './bulk-action-schema.js';
import {
  bulkActionColumns,
  bulkActionFrom,
  bulkActionList,
  bulkActionScope,
  findBulkAction,
} from './bulk-action-view.sql.js';
import { PreviewBulkAction } from './preview-bulk-action.js';
import { selectionSchema } from './selection.js';
import { SteerBulkAction } from './steer-bulk-action.js';

const asked = z.strictObject({
  type: z.string().min(1).max(40),
  selection: selectionSchema,
  parameters: z.record(z.string(), z.unknown()).default({}),
});
const confirmed = z
  .strictObject({
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'the hash of the preview')
      .optional(),
  })
  .default({});
const rejected = z.strictObject({ reason: z.string().trim().min(1).max(500) });
const nothing = z.strictObject({}).default({});

/** Bulk actions: preview, life cycle, history (BLK-1 to BLK-5). */
@ApiTags('bulk-actions')
@Controller('bulk-actions')
export class BulkActionsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly previews: PreviewBulkAction,
    private readonly steering: SteerBulkAction,
  ) {}

  /** The history, newest first. */
  @Needs('bulk-actions', 'read')
  @ApiOkResponse({ standardSchema: z.array(bulkActionSchema) })
  @Get()
  async list(
    @ListParam(bulkActionList) query: QueryOf<typeof bulkActionList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<BulkActionView[]>> {
    const parts = { columns: bulkActionColumns, from: bulkActionFrom, scope: bulkActionScope(actor) };
    return listAnswer('bulk-actions', query.from, await selectPage<BulkActionView>(this.orm.em.fork(), query, parts));
  }

  @Needs('bulk-actions', 'read')
  @ApiOkResponse({ standardSchema: bulkActionSchema })
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<BulkActionView> {
    const found = await findBulkAction(this.orm.em.fork(), id, actor);
    if (!found) throw notFound('bulk action');
    return found;
  }

  /** Previews an action: fixes its set and its effect on each account, and changes nothing yet. */
  @Needs('bulk-actions', 'create')
  @ApiCreatedResponse({ standardSchema: bulkActionSchema })
  @Post()
  @HttpCode(201)
  preview(
    @Body({ schema: asked }) body: z.infer<typeof asked>,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    return this.previews.ask(body, actor, request);
  }

  /** Starts what was previewed; another hash than the preview's is 409 `changed-since-preview`. */
  @Needs('bulk-actions', 'run')
  @ApiOkResponse({ standardSchema: bulkActionSchema })
  @Post(':id/confirm')
  @HttpCode(200)
  confirm(
    @IdParam() id: string,
    @Body({ schema: confirmed }) body: z.infer<typeof confirmed>,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    return this.steering.steer('confirm', id, actor, request, body);
  }

  /** Ends a preview with a reason, without effect. */
  @Needs('bulk-actions', 'run')
  @ApiOkResponse({ standardSchema: bulkActionSchema })
  @Post(':id/reject')
  @HttpCode(200)
  reject(
    @IdParam() id: string,
    @Body({ schema: rejected }) body: z.infer<typeof rejected>,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    return this.steering.steer('reject', id, actor, request, body);
  }

  /** Stops after the chunks under way; `resume` goes on. */
  @Needs('bulk-actions', 'run')
  @ApiOkResponse({ standardSchema: bulkActionSchema })
  @Post(':id/pause')
  @HttpCode(200)
  pause(
    @IdParam() id: string,
    @Body({ schema: nothing }) _body: object,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    return this.steering.steer('pause', id, actor, request);
  }

  @Needs('bulk-actions', 'run')
  @ApiOkResponse({ standardSchema: bulkActionSchema })
  @Post(':id/resume')
  @HttpCode(200)
  resume(
    @IdParam() id: string,
    @Body({ schema: nothing }) _body: object,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    return this.steering.steer('resume', id, actor, request);
  }

  /** Ends the action; what is not done yet is skipped (`cancelled`), what is done stays and can be undone. */
  @Needs('bulk-actions', 'run')
  @ApiOkResponse({ standardSchema: bulkActionSchema })
  @Post(':id/cancel')
  @HttpCode(200)
  cancel(
    @IdParam() id: string,
    @Body({ schema: nothing }) _body: object,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    return this.steering.steer('cancel', id, actor, request);
  }

  /** Carries out the failed items again. */
  @Needs('bulk-actions', 'run')
  @ApiOkResponse({ standardSchema: bulkActionSchema })
  @Post(':id/retry')
  @HttpCode(200)
  retry(
    @IdParam() id: string,
    @Body({ schema: nothing }) _body: object,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    return this.steering.steer('retry', id, actor, request);
  }

  /** Previews the undo: a new action, to be confirmed like any other. */
  @Needs('bulk-actions', 'create')
  @ApiCreatedResponse({ standardSchema: bulkActionSchema })
  @Post(':id/undo')
  @HttpCode(201)
  undo(
    @IdParam() id: string,
    @Body({ schema: nothing }) _body: object,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    return this.previews.askUndo(id, actor, request);
  }
}
