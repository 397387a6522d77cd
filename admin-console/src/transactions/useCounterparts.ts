import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LedgerTransaction } from '../accounts/accountTypes.js';
import { fetchList } from '../api/fetchList.js';
import { absentCounterparts } from './counterpart.js';

/** Most that are asked for by their ids: an address holds no more. */
const absentMax = 100;

/** Transactions by id: those shown, and what took them back or they took back where that stands on another page. */
export function useCounterparts(
  accountId: string,
  shown: readonly LedgerTransaction[],
): ReadonlyMap<string, LedgerTransaction> {
  const absent = useMemo(() => absentCounterparts(shown).slice(0, absentMax), [shown]);
  const { data } = useQuery({
    queryKey: ['account', accountId, 'counterparts', absent],
    enabled: absent.length > 0,
    queryFn: async ({ signal }) => {
      const request = { filter: { id: absent }, range: [0, absent.length - 1] as const };
      return (await fetchList<LedgerTransaction>('/api/ledger/transactions', request, { signal })).rows;
    },
  });
  return useMemo(() => new Map([...shown, ...(data ?? [])].map((each) => [each.id, each])), [shown, data]);
}
