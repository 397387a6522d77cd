import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import type { KnownMapping } from './mapping.js';

/** The mappings that ship, the published data's first, then those that people keep; none while they are not known. */
export function useMappings(): readonly KnownMapping[] {
  const { data } = useQuery({
    queryKey: ['import-mappings'],
    queryFn: async ({ signal }) => (await fetchList<KnownMapping>('/api/ledger/import-mappings', {}, { signal })).rows,
  });
  return data ?? [];
}
