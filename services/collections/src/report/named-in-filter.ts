import { againstRule, rows, sql, type Db } from '@recoup/service-kit';
import type { ReportFilter } from './report-list.js';

/**
 * Refuses a filter that names an agency or a flag which doesn't exist: an empty report would look like an answer. Offices
 * are not checked, for a foreign one must look like none at all.
 * @throws DomainError 422 `unknown-agency` or `unknown-flag`
 */
export async function checkNamedInFilter(db: Db, filter: ReportFilter): Promise<void> {
  const agencies = [filter.agencyCode ?? []].flat();
  const flags = [...(filter.flagsAny ?? []), ...(filter.flagsNone ?? [])];
  if (agencies.length + flags.length === 0) return;
  const unknown = await rows<{ kind: 'agency' | 'flag'; code: string }>(
    db,
    sql`SELECT 'agency' AS kind, c AS code FROM unnest(${agencies}::text[]) AS t (c) WHERE c NOT IN (SELECT code FROM agencies)
        UNION ALL
        SELECT 'flag', c FROM unnest(${flags}::text[]) AS t (c) WHERE c NOT IN (SELECT code FROM flags)`,
  );
  const [first] = unknown;
  if (!first) return;
  const field = first.kind === 'agency' ? 'filter.agencyCode' : 'filter.flagsAny';
  throw againstRule(`unknown-${first.kind}`, `There is no ${first.kind} ${first.code}.`, [
    {
      field,
      message: `${first.code} is unknown`,
      expected: `a code from the list of ${first.kind === 'agency' ? 'agencies' : 'flags'}`,
    },
  ]);
}
