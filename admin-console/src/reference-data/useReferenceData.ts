import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchList } from '../api/fetchList.js';
import { cameOf, nameFinder, type Named } from './names.js';

const rowsMax = 500;

/** What administrators named of one kind, and the name of each code. */
export function useReferenceData(resource: 'service-types' | 'cancellation-reasons') {
  const { data, isError } = useQuery({
    queryKey: [resource, 'all'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const request = { range: [0, rowsMax - 1] as const };
      return (await fetchList<Named>(`/api/ledger/${resource}`, request, { signal })).rows;
    },
  });
  const nameOf = useMemo(() => nameFinder(cameOf({ data, isError })), [data, isError]);
  return { rows: data, nameOf };
}
