import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import { withPayers, type BillLine, type ServiceLine } from './billLine.js';

/** Most lines of an invoice, and most open lines of an account that one window shows. */
const linesMax = 1000;
const range = [0, linesMax - 1] as const;

/** The lines of an invoice with who owes each of them. */
export function useInvoiceLines(accountId: string, invoiceId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'invoice', invoiceId, 'lines'],
    queryFn: async ({ signal }) => {
      const request = { filter: { invoiceId }, range };
      const [lines, billLines] = await Promise.all([
        fetchList<ServiceLine>('/api/ledger/service-lines', request, { signal }),
        fetchList<BillLine>('/api/ledger/bill-lines', request, { signal }),
      ]);
      return withPayers(lines.rows, billLines.rows);
    },
  });
}

/** What is open of an account, whoever owes it, in the order of responsibility. */
export function useOpenLines(accountId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'open-lines'],
    queryFn: async ({ signal }) => {
      const request = { filter: { accountId, open: true }, range };
      return (await fetchList<BillLine>('/api/ledger/bill-lines', request, { signal })).rows;
    },
  });
}
