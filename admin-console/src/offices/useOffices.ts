import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';

export interface Office {
  id: string;
  code: string;
  name: string;
  currency: string;
  timeZone: string;
}

const officesMax = 500;

/** The offices that this user may see; undefined while they are not known. */
export function useOffices(): Office[] | undefined {
  const { data, isError } = useQuery({
    queryKey: ['offices'],
    staleTime: 300_000,
    queryFn: async ({ signal }) => {
      const request = { range: [0, officesMax - 1] as const, sort: ['code', 'ASC'] as const };
      const { rows } = await fetchList<Office>('/api/ledger/offices', request, { signal });
      return rows;
    },
  });
  return data ?? (isError ? [] : undefined);
}
