import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import { send } from '../api/send.js';
import type { AccountCard } from './accountTypes.js';

export function useAccount(id: string) {
  return useQuery({
    queryKey: ['account', id, 'card'],
    queryFn: async ({ signal }) => (await send<AccountCard>(`/api/collections/accounts/${id}`, { signal })).json,
  });
}

/** The first rows of one of an account's lists. Those of the order before stay until the next are there. */
export function useAccountRows<T>(
  path: string,
  accountId: string,
  sort: readonly [string, 'ASC' | 'DESC'],
  rowsMax = 200,
) {
  return useQuery({
    queryKey: ['account', accountId, path, sort],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => fetchList<T>(path, { filter: { accountId }, range: [0, rowsMax - 1], sort }, { signal }),
  });
}
