import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { formatAmount, uuid } from '@recoup/contracts';
import {
  Answer,
  anyOf,
  containsText,
  CurrentActor,
  defineList,
  filterOf,
  IdParam,
  listAnswer,
  ListParam,
  Needs,
  notFound,
  officeScope,
  recordAudit,
  selectPage,
  sql,
  stream,
  type Actor,
  type Db,
  type QueryOf,
} from '@recoup/service-kit';
import type { Response } from 'express';
import { z } from 'zod';
import { csvLines } from '../downloads/csv-lines.js';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import { sendFile } from './send-file.js';
import { findBulkAction } from './bulk-action-view.sql.js';

/**
 * One item as the API shows it; amounts in minor units of `currency`. `amount` is the effect: what will be done while the
 * item is pending, what was done after, so 0 of one that was skipped or failed. `previewedAmount` is what was promised.
 */
export interface BulkActionItem {
  readonly id: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly name: string | null;
  readonly officeCode: string;
  readonly currency: string;
  readonly asOfBalance: number;
  readonly previewedAmount: number;
  readonly currentAmount: number | null;
  readonly amount: number;
  readonly status: string;
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly transactionId: string | null;
}

const text = z.string().trim().min(1).max(100);

const itemList = defineList({
  filters: {
    id: anyOf(uuid, sql`i.account_id`, 'uuid'),
    accountId: anyOf(uuid, sql`i.account_id`, 'uuid'),
    status: anyOf(z.enum(['pending', 'done', 'skipped', 'failed']), sql`i.status`),
    reason: anyOf(text, sql`i.reason`),
    q: filterOf(text, (q) => containsText(q, [sql`a.number`, sql`a.name`])),
  },
  sorts: {
    position: sql`i.position`,
    accountNumber: sql`a.number`,
    asOfBalance: sql`i.as_of_balance`,
    amount: sql`i.amount`,
    status: sql`i.status`,
    reason: sql`i.reason`,
  },
  amounts: { currency: sql`i.currency`, sorts: ['asOfBalance', 'amount'] },
  defaultSort: ['position', 'ASC'],
  tieBreaker: sql`i.account_id`,
});

const columns = sql`i.account_id AS id, i.account_id AS "accountId", a.number AS "accountNumber", a.name, o.code AS "officeCode", i.currency,
  i.as_of_balance AS "asOfBalance", i.previewed_amount AS "previewedAmount", i.current_amount AS "currentAmount", i.amount,
  i.status, i.reason, i.before, i.after, i.transaction_id AS "transactionId"`;
const from = sql`bulk_action_items i JOIN accounts a ON a.id = i.account_id JOIN offices o ON o.id = i.office_id`;

const resultFormat = z.enum(['csv']).default('csv');
const resultColumns = [
  'accountNumber',
  'name',
  'officeCode',
  'currency',
  'asOfBalance',
  'previewedAmount',
  'currentAmount',
  'amount',
  'status',
  'reason',
] as const;
const amountColumns: readonly string[] = ['asOfBalance', 'previewedAmount', 'currentAmount', 'amount'];

/** What a bulk action does, or did, to each account (BLK-2). */
@ApiTags('bulk-actions')
@Controller('bulk-actions/:id')
export class BulkActionItemsController {
  constructor(
    private readonly orm: MikroORM,
    private readonly slots: DownloadSlots,
  ) {}

  @Needs('bulk-actions', 'read')
  @Get('items')
  async items(
    @IdParam() id: string,
    @ListParam(itemList) query: QueryOf<typeof itemList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<BulkActionItem[]>> {
    const db = this.orm.em.fork();
    await requireVisible(db, id, actor);
    const scope = sql`i.action_id = ${id} AND ${officeScope(actor, sql`o.code`)}`;
    return listAnswer('items', query.from, await selectPage<BulkActionItem>(db, query, { columns, from, scope }));
  }

  /** All items as a CSV file, streamed; formulas are neutralised (S13). Noted in the audit. */
  @Needs('bulk-actions', 'export')
  @Get('results')
  async results(
    @IdParam() id: string,
    @Query('format', { schema: resultFormat }) _format: 'csv',
    @CurrentActor() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const db = this.orm.em.fork();
    await requireVisible(db, id, actor);
    const items = stream<BulkActionItem>(
      db,
      sql`SELECT ${columns} FROM ${from} WHERE i.action_id = ${id} AND ${officeScope(actor, sql`o.code`)} ORDER BY i.account_id`,
    );
    await this.slots.use(response, async () => {
      await recordAudit(db, {
        actor: actor.user,
        action: 'download-bulk-action-results',
        entityType: 'bulk-action',
        entityId: id,
        bulkActionId: id,
      });
      await sendFile(
        response,
        `bulk-action-${id}.csv`,
        'text/csv; charset=utf-8',
        csvLines(resultColumns, resultsOf(items)),
      );
    });
  }
}

async function* resultsOf(items: AsyncIterable<BulkActionItem>): AsyncGenerator<string[], void> {
  for await (const item of items) yield resultColumns.map((name) => written(item, name));
}

function written(item: BulkActionItem, name: (typeof resultColumns)[number]): string {
  const value = item[name];
  if (value === null) return '';
  return amountColumns.includes(name) ? formatAmount(Number(value), item.currency) : String(value);
}

async function requireVisible(db: Db, id: string, actor: Actor): Promise<void> {
  if (!(await findBulkAction(db, id, actor))) throw notFound('bulk action');
}
