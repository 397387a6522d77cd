import type { AccountStatus, Stage } from '@recoup/contracts';
import { readDay } from '../dates/askedDay.js';
import { accountStatuses, buckets, stages, type Bucket } from './reportTypes.js';

/** What the report is filtered by (REP-2); names and values are the service's own. */
export interface ReportFilter {
  asOf: string;
  q?: string;
  officeCodes?: string[];
  balanceMin?: number;
  balanceMax?: number;
  daysPastDueMin?: number;
  daysPastDueMax?: number;
  bucket?: Bucket;
  stage?: Stage;
  flagsAny?: string[];
  flagsNone?: string[];
  accountStatus?: AccountStatus;
  disputed?: boolean;
  agencyCode?: string;
  accountNumber?: string;
  bulkActionId?: string;
}

export type FilterKey = Exclude<keyof ReportFilter, 'asOf'>;

const lists = ['officeCodes', 'flagsAny', 'flagsNone'] as const;
const numbers = ['balanceMin', 'balanceMax', 'daysPastDueMin', 'daysPastDueMax'] as const;
const texts = ['agencyCode', 'accountNumber', 'bulkActionId'] as const;

/**
 * Reads the filter from the address of the page. What can't be read is left out, so that an old link still opens.
 * The text searched for is not there: a name must not stay in a browser's history (S22).
 */
export function filterFromQuery(query: URLSearchParams, today: string): ReportFilter {
  const filter: ReportFilter = { asOf: readDay(query.get('asOf'), today) ?? today };
  for (const key of lists) {
    const values = listFrom(query, key);
    if (values.length > 0) filter[key] = values;
  }
  for (const key of numbers) {
    const text = query.get(key);
    if (text !== null && /^-?\d{1,15}$/.test(text)) filter[key] = Number(text);
  }
  for (const key of texts) {
    const text = query.get(key);
    if (text) filter[key] = text;
  }
  filter.bucket = oneOf(buckets, query.get('bucket'));
  filter.stage = oneOf(stages, query.get('stage'));
  filter.accountStatus = oneOf(accountStatuses, query.get('accountStatus'));
  const disputed = query.get('disputed');
  if (disputed === 'true' || disputed === 'false') filter.disputed = disputed === 'true';
  return withoutAbsent(filter);
}

/** The offices in the address, which decide what day today is. */
export function officeCodesFrom(query: URLSearchParams): string[] {
  return listFrom(query, 'officeCodes');
}

function listFrom(query: URLSearchParams, key: string): string[] {
  return (query.get(key) ?? '').split(',').filter((value) => value !== '');
}

/** Writes the filter into the address; today's date is left out, so that a kept link always means today. */
export function filterToQuery(filter: ReportFilter, today: string): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.asOf !== today) query.set('asOf', filter.asOf);
  for (const key of lists) if (filter[key]?.length) query.set(key, filter[key].join(','));
  for (const key of [...numbers, ...texts, 'bucket', 'stage', 'accountStatus', 'disputed'] as const) {
    const value = filter[key];
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  return query;
}

/** The same filter without what is undefined or empty, as the service wants it. */
export function withoutAbsent(filter: ReportFilter): ReportFilter {
  const entries = Object.entries(filter).filter(([, value]) => {
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
  return { ...Object.fromEntries(entries), asOf: filter.asOf };
}

/** The filter behind the quick filters' counts: all but what they themselves choose. */
export function withoutQuickFilters(filter: ReportFilter): ReportFilter {
  const { bucket: _bucket, stage: _stage, ...rest } = filter;
  return rest;
}

/** The keys that are set, in the order in which their chips stand. */
export function activeKeys(filter: ReportFilter): FilterKey[] {
  const order: FilterKey[] = [
    'q',
    'accountNumber',
    'officeCodes',
    'bucket',
    'stage',
    'balanceMin',
    'balanceMax',
    'daysPastDueMin',
    'daysPastDueMax',
    'flagsAny',
    'flagsNone',
    'accountStatus',
    'disputed',
    'agencyCode',
    'bulkActionId',
  ];
  const set = withoutAbsent(filter);
  return order.filter((key) => set[key] !== undefined);
}

/** Whether two filters choose the same accounts. */
export function sameFilter(a: ReportFilter, b: ReportFilter): boolean {
  return canonical(a) === canonical(b);
}

function canonical(filter: ReportFilter): string {
  return JSON.stringify(Object.entries(withoutAbsent(filter)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | undefined {
  return values.find((value) => value === text);
}
