import { Controller, Get, Inject, Module, type DynamicModule } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { businessDate, uuid } from '@recoup/contracts';
import { z } from 'zod';
import { sql, type RawBuilder } from '../database/database.js';
import { listAnswer, type Answer } from '../http/answer.js';
import { anyOf, defineList, filterOf, selectPage, type QueryOf } from '../http/list-query.js';
import { ListParam } from '../http/request.js';
import type { Actor } from '../identity/actor.js';
import { CurrentActor, Needs } from '../identity/access.js';

/** One line of the audit as the list shows it. */
export interface AuditLine {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly entityType: string;
  readonly entityId: string | null;
  readonly accountId: string | null;
  readonly bulkActionId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly correlationId: string;
}

const word = z.string().min(1).max(100);

/** The list of the audit; `from` and `to` are UTC days, both included. */
export const auditList = defineList({
  filters: {
    id: anyOf(uuid, sql`audit.id`, 'uuid'),
    accountId: anyOf(uuid, sql`audit.account_id`, 'uuid'),
    bulkActionId: anyOf(uuid, sql`audit.bulk_action_id`, 'uuid'),
    entityId: anyOf(uuid, sql`audit.entity_id`, 'uuid'),
    entityType: anyOf(word, sql`audit.entity_type`),
    action: anyOf(word, sql`audit.action`),
    actor: anyOf(word, sql`audit.actor`),
    from: filterOf(businessDate, (day) => sql`audit.at >= ${day}::date`),
    to: filterOf(businessDate, (day) => sql`audit.at < ${day}::date + 1`),
  },
  sorts: { at: sql`audit.at`, actor: sql`audit.actor`, action: sql`audit.action` },
  defaultSort: ['at', 'DESC'],
  tieBreaker: sql`audit.id`,
});

const columns = sql`audit.id, audit.at, audit.actor, audit.action, audit.entity_type AS "entityType",
  audit.entity_id AS "entityId", audit.account_id AS "accountId", audit.bulk_action_id AS "bulkActionId",
  audit.before, audit.after, audit.correlation_id AS "correlationId"`;

/** Narrows audit lines to what an actor's offices allow; `audit.account_id` tells the account. */
export type AuditScope = (actor: Actor) => RawBuilder<unknown>;
const AUDIT_SCOPE = Symbol('audit scope');

@ApiTags('audit')
@Controller('audit')
class AuditController {
  constructor(
    private readonly orm: MikroORM,
    @Inject(AUDIT_SCOPE) private readonly scope: AuditScope,
  ) {}

  /** The service's audit, newest first. */
  @Needs('audit', 'read')
  @Get()
  async list(
    @ListParam(auditList) query: QueryOf<typeof auditList>,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<AuditLine[]>> {
    const page = await selectPage<AuditLine>(this.orm.em.fork(), query, {
      columns,
      from: sql`audit`,
      scope: this.scope(actor),
    });
    return listAnswer('audit', query.from, page);
  }
}

/** `GET audit` of a service; the service says how lines are narrowed to an actor's offices (S3). */
@Module({})
export class AuditModule {
  static forRoot(scope: AuditScope): DynamicModule {
    return {
      module: AuditModule,
      controllers: [AuditController],
      providers: [{ provide: AUDIT_SCOPE, useValue: scope }],
    };
  }
}
