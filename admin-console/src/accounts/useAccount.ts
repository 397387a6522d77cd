import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import type { Service } from '../api/services.js';
import { send } from '../api/send.js';
import type { AccountCard, AuditLine } from './accountTypes.js';

export function useAccount(id: string) {
  return useQuery({
    queryKey: ['account', id, 'card'],
    queryFn: async ({ signal }) => (await send<AccountCard>(`/api/collections/accounts/${id}`, { signal })).json,
  });
}

/** The newest rows of one of an account's lists. */
export function useAccountRows<T>(
  path: string,
  accountId: string,
  sort: readonly [string, 'ASC' | 'DESC'],
  rowsMax = 200,
) {
  return useQuery({
    queryKey: ['account', accountId, path],
    queryFn: ({ signal }) => fetchList<T>(path, { filter: { accountId }, range: [0, rowsMax - 1], sort }, { signal }),
  });
}

const auditRowsMax = 100;
const services: readonly Service[] = ['collections', 'ledger', 'precollections', 'messaging'];

/** What happened to an account in all services, newest first: each keeps the audit of its own. */
export function useTimeline(accountId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'timeline'],
    queryFn: async ({ signal }) => {
      const request = { filter: { accountId }, range: [0, auditRowsMax - 1] as const, sort: ['at', 'DESC'] as const };
      const read = async (service: Service): Promise<AuditLine[]> => {
        const { rows } = await fetchList<Omit<AuditLine, 'service'>>(`/api/${service}/audit`, request, { signal });
        return rows.map((line) => ({ ...line, service }));
      };
      const lines = await Promise.all(services.map(read));
      return lines.flat().toSorted((a, b) => (a.at < b.at ? 1 : -1));
    },
  });
}
