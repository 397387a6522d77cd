import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import { send } from '../api/send.js';
import type { Freeze } from './subscription.js';

/** The freeze that lasts, with its notes, which lists leave out; null when there is none. */
export function useOpenFreeze(accountId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'freeze'],
    queryFn: async ({ signal }) => {
      const request = { filter: { accountId, rolledBack: false }, range: [0, 0] as const };
      const [open] = (await fetchList<{ id: string }>('/api/ledger/freezes', request, { signal })).rows;
      return open ? (await send<Freeze>(`/api/ledger/freezes/${open.id}`, { signal })).json : null;
    },
  });
}
