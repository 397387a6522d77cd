import { useMemo } from 'react';
import { useStore, useStoreContext } from 'react-admin';
import { useSearchParams } from 'react-router';
import { wrongDay, type WrongDay } from '../dates/askedDay.js';
import type { TodayOf } from '../dates/useToday.js';
import { readSort, writtenSort } from '../lists/addressedSort.js';
import { filterFromQuery, filterToQuery, officeCodesFrom, type ReportFilter } from './reportFilter.js';

export interface ReportSort {
  field: string;
  order: 'ASC' | 'DESC';
}

interface ShownView {
  /** The latest day that the report may be of. */
  today: string;
  /** The day that the address asks for, when the report can't be of it. */
  wrongDay: WrongDay | undefined;
  filter: ReportFilter;
  sort: ReportSort;
  /** From 1. */
  page: number;
}

export interface ReportView extends ShownView {
  setFilter: (change: Partial<ReportFilter>) => void;
  /** All of the filter anew; only the date stays if none is given. */
  replaceFilter: (filter: ReportFilter) => void;
  clearFilter: () => void;
  setSort: (sort: ReportSort) => void;
  setPage: (page: number) => void;
}

const defaultSort: ReportSort = { field: 'balance', order: 'DESC' };

/**
 * The report's filter, sort and page, kept in the page's address; the text searched for stays in memory (S22). A change
 * begins from the address and the text as they are at that moment: what is drawn may be a change behind.
 */
export function useReportFilter(todayOf: TodayOf): ReportView {
  const [query, setQuery] = useSearchParams();
  const [q, setQ] = useStore<string>('report.q', '');
  const store = useStoreContext();
  const shown = useMemo(() => readView(query, q, todayOf), [query, q, todayOf]);

  const change = (changed: (now: ShownView) => Partial<ShownView>) => {
    const now = readView(new URLSearchParams(window.location.search), store.getItem<string>('report.q') ?? '', todayOf);
    const { filter, sort, page } = { ...now, page: 1, ...changed(now) };
    // Who looks at today goes on looking at today, also where that is another day.
    const today = todayOf(filter.officeCodes);
    const address = filterToQuery(filter.asOf === now.today ? { ...filter, asOf: today } : filter, today);
    const written = writtenSort(sort, defaultSort);
    if (written !== undefined) address.set('sort', written);
    if (page > 1) address.set('page', String(page));
    setQ(filter.q ?? '');
    setQuery(address, { replace: false });
  };
  return {
    ...shown,
    setFilter: (part) => change(({ filter }) => ({ filter: { ...filter, ...part } })),
    replaceFilter: (filter) => change(() => ({ filter })),
    clearFilter: () => change(({ filter: { asOf } }) => ({ filter: { asOf } })),
    setSort: (sort) => change(() => ({ sort })),
    setPage: (page) => change(() => ({ page })),
  };
}

function readView(query: URLSearchParams, q: string, todayOf: TodayOf): ShownView {
  const today = todayOf(officeCodesFrom(query));
  const fromAddress = filterFromQuery(query, today);
  return {
    today,
    wrongDay: wrongDay('asOf', query.get('asOf'), today),
    filter: q === '' ? fromAddress : { ...fromAddress, q },
    sort: readSort(query.get('sort'), defaultSort),
    page: Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1),
  };
}
