import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchList } from '../api/fetchList.js';
import { cameOf, nameFinder } from '../reference-data/names.js';

export interface Flag {
  id: string;
  code: string;
  name: string;
  colour: string | null;
  active: boolean;
  version: number;
}

const flagsMax = 500;

/** All flags, inactive ones included, by code too, and their names. */
export function useFlags() {
  const { data, isError } = useQuery({
    queryKey: ['flags', 'all'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const request = { range: [0, flagsMax - 1] as const, sort: ['name', 'ASC'] as const };
      const { rows } = await fetchList<Flag>('/api/collections/flags', request, { signal });
      return rows;
    },
  });
  const flags = useMemo(() => data ?? [], [data]);
  const byCode = useMemo(() => new Map(flags.map((flag) => [flag.code, flag])), [flags]);
  const nameOf = useMemo(() => nameFinder(cameOf({ data, isError })), [data, isError]);
  return { flags, byCode, nameOf };
}
