import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchList } from '../api/fetchList.js';

interface Named {
  code: string;
  name: string;
}

const rowsMax = 500;

/** What administrators named of one kind, and the name of each code; the code itself while that is not known. */
export function useReferenceData(resource: 'service-types' | 'cancellation-reasons') {
  const { data } = useQuery({
    queryKey: [resource, 'all'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const request = { range: [0, rowsMax - 1] as const };
      return (await fetchList<Named>(`/api/ledger/${resource}`, request, { signal })).rows;
    },
  });
  const names = useMemo(() => new Map(data?.map(({ code, name }) => [code, name])), [data]);
  return { rows: data, nameOf: (code: string) => names.get(code) ?? code };
}
