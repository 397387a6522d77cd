import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import { listUrl } from '../api/listUrl.js';
import { send } from '../api/send.js';
import { withoutAbsent, withoutQuickFilters, type ReportFilter } from './reportFilter.js';
import type { ReportCounts, ReportInvoice, ReportRow, ReportTotals } from './reportTypes.js';
import type { ReportSort } from './useReportFilter.js';

const path = '/api/collections/report';

/** How current an answer is: the instant up to which events are in it, and how many are still to come. */
export interface Freshness {
  currentAsOf: string | null;
  eventsBehind: number;
}

/**
 * A page of the report. The page before stays until the next is there, so that nothing jumps. Beyond the last page, which an
 * old address or an action that emptied it leads to, it is the last one, as the pager says.
 */
export function useReportPage(filter: ReportFilter, sort: ReportSort, page: number, pageSize: number) {
  return useQuery({
    queryKey: ['report', 'page', filter, sort, page, pageSize],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const ask = (of: number) => {
        const range = [(of - 1) * pageSize, of * pageSize - 1] as const;
        const request = { filter: withoutAbsent(filter), range, sort: [sort.field, sort.order] as const };
        return fetchList<ReportRow>(path, request, { signal });
      };
      const asked = await ask(page);
      const last = lastPage(asked.total, pageSize);
      const { rows, total, headers } = page > last ? await ask(last) : asked;
      const freshness: Freshness = {
        currentAsOf: headers.get('Recoup-Current-As-Of'),
        eventsBehind: Number(headers.get('Recoup-Events-Behind') ?? 0),
      };
      return { rows, total, freshness };
    },
  });
}

/** The number of the last page, from 1. */
export function lastPage(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** The totals of everything that matches, one a currency (REP-2). */
export function useReportTotals(filter: ReportFilter) {
  return useQuery({
    queryKey: ['report', 'totals', filter],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { json } = await send<ReportTotals[]>(listUrl(`${path}/totals`, { filter: withoutAbsent(filter) }), {
        signal,
      });
      return json;
    },
  });
}

/** How many accounts each quick filter would show. */
export function useReportCounts(filter: ReportFilter) {
  const counted = withoutQuickFilters(filter);
  return useQuery({
    queryKey: ['report', 'counts', counted],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const url = listUrl(`${path}/counts`, { filter: withoutAbsent(counted) });
      const { json } = await send<ReportCounts>(url, { signal });
      return json;
    },
  });
}

/** The invoices of an account that were open at the end of the day (REP-3). */
export function useReportInvoices(accountId: string, asOf: string) {
  return useQuery({
    queryKey: ['report', 'invoices', accountId, asOf],
    queryFn: async ({ signal }) => {
      const { json } = await send<ReportInvoice[]>(`${path}/${accountId}/invoices?asOf=${asOf}`, { signal });
      return json;
    },
  });
}
