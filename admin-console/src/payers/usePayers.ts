import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchList } from '../api/fetchList.js';
import { cameOf, nameFinder } from '../reference-data/names.js';
import type { AccountPayer, Payer } from './payer.js';

const payersMax = 500;

/** All payers, Self and inactive ones included, and their names by code. */
export function usePayers() {
  const { data, isError } = useQuery({
    queryKey: ['payers', 'all'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const request = { range: [0, payersMax - 1] as const, sort: ['name', 'ASC'] as const };
      const { rows } = await fetchList<Payer>('/api/ledger/payers', request, { signal });
      return rows;
    },
  });
  const payers = useMemo(() => data ?? [], [data]);
  const nameOf = useMemo(() => nameFinder(cameOf({ data, isError })), [data, isError]);
  return { known: data !== undefined, payers, nameOf };
}

/** The payers assigned to an account, ended assignments included. */
export function useAccountPayers(accountId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'payers'],
    queryFn: ({ signal }) =>
      fetchList<AccountPayer>(
        '/api/ledger/account-payers',
        { filter: { accountId }, range: [0, payersMax - 1] },
        { signal },
      ),
  });
}
