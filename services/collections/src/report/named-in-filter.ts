import { againstRule, rows, sql, type Db } from '@recoup/service-kit';
import type { ReportFilter } from './report-list.js';

const named = { agencyCode: 'agency', flagsAny: 'flag', flagsNone: 'flag' } as const;
type Naming = keyof typeof named;
const listOf = { agency: 'agencies', flag: 'flags' } as const;

/**
 * Refuses a filter that names an agency or a flag which doesn't exist: an empty report would look like an answer. Offices
 * are not checked, for a foreign one must look like none at all.
 * @param where where in the request the filter stands, such as `selection.filter`
 * @throws DomainError 422 `unknown-agency` or `unknown-flag`, with each code under the field that names it
 */
export async function checkNamedInFilter(db: Db, filter: ReportFilter, where: string): Promise<void> {
  const codes = (Object.keys(named) as Naming[]).flatMap((field) =>
    [filter[field] ?? []].flat().map((code) => ({ field, kind: named[field], code })),
  );
  if (codes.length === 0) return;
  const unknown = await rows<{ field: Naming; kind: 'agency' | 'flag'; code: string }>(
    db,
    sql`SELECT asked.* FROM json_to_recordset(${JSON.stringify(codes)}::json) AS asked (field text, kind text, code text)
        WHERE asked.code NOT IN (SELECT code FROM agencies WHERE asked.kind = 'agency' UNION ALL SELECT code FROM flags WHERE asked.kind = 'flag')
        ORDER BY asked.kind, asked.field, asked.code`,
  );
  const [first] = unknown;
  if (!first) return;
  throw againstRule(
    `unknown-${first.kind}`,
    `There is no ${first.kind} ${first.code}.`,
    unknown.map(({ field, kind, code }) => ({
      field: `${where}.${field}`,
      message: `"${code}" is unknown`,
      expected: `a code from the list of ${listOf[kind]}`,
    })),
  );
}
