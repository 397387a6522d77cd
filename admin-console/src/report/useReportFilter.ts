import { useCallback, useMemo } from 'react';
import { useStore } from 'react-admin';
import { useSearchParams } from 'react-router';
import type { TodayOf } from '../dates/useToday.js';
import { filterFromQuery, filterToQuery, officeCodesFrom, type ReportFilter } from './reportFilter.js';

export interface ReportSort {
  field: string;
  order: 'ASC' | 'DESC';
}

export interface ReportView {
  /** The latest day that the report may be of. */
  today: string;
  filter: ReportFilter;
  sort: ReportSort;
  /** From 1. */
  page: number;
  setFilter: (change: Partial<ReportFilter>) => void;
  /** All of the filter anew; only the date stays if none is given. */
  replaceFilter: (filter: ReportFilter) => void;
  clearFilter: () => void;
  setSort: (sort: ReportSort) => void;
  setPage: (page: number) => void;
}

const defaultSort: ReportSort = { field: 'balance', order: 'DESC' };

/** The report's filter, sort and page, kept in the page's address; the text searched for stays in memory (S22). */
export function useReportFilter(todayOf: TodayOf): ReportView {
  const [query, setQuery] = useSearchParams();
  const today = todayOf(officeCodesFrom(query));
  const [q, setQ] = useStore<string>('report.q', '');
  const filter = useMemo(() => {
    const fromAddress = filterFromQuery(query, today);
    return q === '' ? fromAddress : { ...fromAddress, q };
  }, [query, q, today]);
  const sort = sortFrom(query.get('sort'));
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);

  const write = useCallback(
    (next: ReportFilter, nextSort: ReportSort, nextPage: number) => {
      // Who looks at today goes on looking at today, also where that is another day.
      const nextToday = todayOf(next.officeCodes);
      const address = filterToQuery(next.asOf === today ? { ...next, asOf: nextToday } : next, nextToday);
      const written = `${nextSort.field}.${nextSort.order}`;
      if (written !== `${defaultSort.field}.${defaultSort.order}`) address.set('sort', written);
      if (nextPage > 1) address.set('page', String(nextPage));
      setQ(next.q ?? '');
      setQuery(address, { replace: false });
    },
    [setQ, setQuery, today, todayOf],
  );
  return {
    today,
    filter,
    sort,
    page,
    setFilter: (change) => write({ ...filter, ...change }, sort, 1),
    replaceFilter: (next) => write(next, sort, 1),
    clearFilter: () => write({ asOf: filter.asOf }, sort, 1),
    setSort: (next) => write(filter, next, 1),
    setPage: (next) => write(filter, sort, next),
  };
}

function sortFrom(text: string | null): ReportSort {
  const match = /^(\w{1,40})\.(ASC|DESC)$/.exec(text ?? '');
  if (!match?.[1]) return defaultSort;
  return { field: match[1], order: match[2] === 'ASC' ? 'ASC' : 'DESC' };
}
