import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslate } from 'react-admin';
import { fetchList } from '../api/fetchList.js';
import { cameOf, nameFinder } from '../reference-data/names.js';

/** A named kind of transaction; one column of the trial balance (LED-12). */
export interface TransactionType {
  id: string;
  code: string;
  name: string;
  plural: string;
  kind: string;
  active: boolean;
}

const typesMax = 200;

/** All transaction types, by the names that the ledger tells: an administrator may rename every one of them. */
export function useTransactionTypes() {
  const translate = useTranslate();
  const { data, isError } = useQuery({
    queryKey: ['transaction-types', 'all'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const request = { range: [0, typesMax - 1] as const, sort: ['code', 'ASC'] as const };
      const { rows } = await fetchList<TransactionType>('/api/ledger/transaction-types', request, { signal });
      return rows;
    },
  });
  const types = useMemo(() => data ?? [], [data]);
  // Where the ledger does not tell them, the shipped ones have the names that they ship with.
  const nameOf = useMemo(
    () => nameFinder(cameOf({ data, isError }), (code) => translate(`recoup.transactions.types.${code}`, { _: code })),
    [data, isError, translate],
  );
  const ofKind = (kind: string) => types.filter((each) => each.kind === kind && each.active);
  return { types, nameOf, ofKind };
}
