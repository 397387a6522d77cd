import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';

/** A collection agency, as far as a choice among them needs it. */
export interface Agency {
  id: string;
  code: string;
  name: string;
}

const agenciesMax = 500;

/** All collection agencies by code, those no longer in use too: accounts may still be with them. */
export function useAgencies(): Agency[] {
  const { data } = useQuery({
    queryKey: ['agencies', 'all'],
    staleTime: 300_000,
    queryFn: async ({ signal }) => {
      const request = { range: [0, agenciesMax - 1] as const, sort: ['code', 'ASC'] as const };
      return (await fetchList<Agency>('/api/collections/agencies', request, { signal })).rows;
    },
  });
  return data ?? [];
}
