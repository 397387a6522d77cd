import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import { listUrl } from '../api/listUrl.js';
import { send } from '../api/send.js';
import type { ReportView } from './useReportView.js';

/** A page of a report on the books, and the sums of all of it by currency. */
export function useLedgerReport<Row, Total>(resource: string, filter: object, view: ReportView) {
  const path = `/api/ledger/${resource}`;
  const { range, sort } = view;
  const page = useQuery({
    queryKey: [resource, 'rows', filter, range, sort],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => fetchList<Row>(path, { filter, range, sort: [sort.field, sort.order] }, { signal }),
  });
  const totals = useQuery({
    queryKey: [resource, 'totals', filter],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await send<Total[]>(listUrl(`${path}/totals`, { filter }), { signal })).json,
  });
  return {
    rows: page.data?.rows,
    total: page.data?.total,
    totals: totals.data,
    /** Both together, as one question. */
    asked: {
      data: page.data,
      error: page.error ?? totals.error,
      isFetching: page.isFetching || totals.isFetching,
      refetch: () => {
        void page.refetch();
        void totals.refetch();
      },
    },
    stale: page.isPlaceholderData || totals.isPlaceholderData,
  };
}
