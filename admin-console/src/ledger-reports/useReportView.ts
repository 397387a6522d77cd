import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readSort, writtenSort } from '../lists/addressedSort.js';

export interface ReportSort {
  field: string;
  order: 'ASC' | 'DESC';
}

/** What of a report stands in the address, so that a link shows the same: filter, sort, page. */
export interface ReportView {
  /** A part of the filter; undefined where it isn't given. */
  get: (key: string) => string | undefined;
  /** Changes parts of the filter and goes back to the first page. */
  set: (change: Record<string, string | undefined>) => void;
  sort: ReportSort;
  setSort: (sort: ReportSort) => void;
  /** From 1. */
  page: number;
  setPage: (page: number) => void;
  pageSize: number;
  setPageSize: (pageSize: number) => void;
  /** First and last row, counted from 0. */
  range: readonly [number, number];
}

const pageSizes = [25, 50, 100, 250];

/** The view of a report by its address. */
export function useReportView(defaultSort: ReportSort): ReportView {
  const [query, setQuery] = useSearchParams();
  return useMemo(() => {
    const change = (parts: Record<string, string | undefined>) =>
      setQuery(
        (now) => {
          const next = new URLSearchParams(now);
          for (const [key, value] of Object.entries(parts)) {
            if (value === undefined || value === '') next.delete(key);
            else next.set(key, value);
          }
          return next;
        },
        { replace: true },
      );
    const page = Math.max(1, Number(query.get('page')) || 1);
    const asked = Number(query.get('rows'));
    const pageSize = pageSizes.includes(asked) ? asked : 50;
    return {
      get: (key) => query.get(key) ?? undefined,
      set: (parts) => change({ ...parts, page: undefined }),
      sort: readSort(query.get('sort'), defaultSort),
      setSort: (sort) => change({ sort: writtenSort(sort, defaultSort), page: undefined }),
      page,
      setPage: (next) => change({ page: next === 1 ? undefined : String(next) }),
      pageSize,
      setPageSize: (next) => change({ rows: String(next), page: undefined }),
      range: [(page - 1) * pageSize, page * pageSize - 1],
    };
  }, [query, setQuery, defaultSort]);
}
