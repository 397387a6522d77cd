import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import type { ShippedMapping } from './mapping.js';

/** The mappings that ship, the published data's first; none while they are not known. */
export function useMappings(): readonly ShippedMapping[] {
  const { data } = useQuery({
    queryKey: ['import-mappings'],
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (await fetchList<ShippedMapping>('/api/ledger/import-mappings', {}, { signal })).rows,
  });
  return data ?? [];
}
