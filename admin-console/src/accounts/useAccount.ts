import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { isSilent } from '../api/askAgain.js';
import { fetchList } from '../api/fetchList.js';
import { send } from '../api/send.js';
import type { AccountCard, LedgerAccount } from './accountTypes.js';
import { ledgerCard } from './ledgerCard.js';

/**
 * An account's card. While the collections service, which keeps it, does not answer, it is what the ledger knows of the
 * account, with the error still beside it: so the books can be read and worked on meanwhile.
 */
export function useAccount(id: string) {
  const card = useQuery({
    queryKey: ['account', id, 'card'],
    queryFn: async ({ signal }) => (await send<AccountCard>(`/api/collections/accounts/${id}`, { signal })).json,
  });
  const { data: ofLedger } = useQuery({
    queryKey: ['account', id, 'of-ledger'],
    enabled: card.data === undefined && card.error !== null && isSilent(card.error),
    queryFn: async ({ signal }) =>
      ledgerCard((await send<LedgerAccount>(`/api/ledger/accounts/${id}`, { signal })).json),
  });
  return { ...card, data: card.data ?? ofLedger };
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
