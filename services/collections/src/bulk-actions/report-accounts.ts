import { Injectable } from '@nestjs/common';
import { sql, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import type { Selection } from './selection.js';

/** The accounts of the report that a selection means. */
@Injectable()
export class ReportAccounts {
  async requireUsable(_selection: Selection): Promise<void> {}

  /** A query of account_id and balance as of the date, narrowed to the actor's offices. */
  async select(_db: Db, selection: Selection, _actor: Pick<Actor, 'offices'>): Promise<RawBuilder<unknown>> {
    const ids = 'accountIds' in selection ? sql`AND id = ANY(${selection.accountIds}::uuid[])` : sql``;
    return sql`SELECT id AS account_id, balance FROM accounts WHERE balance > 0 ${ids}`;
  }
}
