import { useQuery } from '@tanstack/react-query';
import { send } from '../api/send.js';
import { dayOf } from './dates.js';

/**
 * Today as the services count it: where their clock was set for a test, its day, else the reader's own. Undefined
 * until that is known.
 */
export function useToday(): string | undefined {
  const { data, isPending } = useQuery({
    queryKey: ['clock'],
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => {
      const { json } = await send<{ instant?: string; now?: string }>('/api/collections/clock', { signal });
      return json.instant ?? json.now ?? null;
    },
  });
  if (isPending) return undefined;
  return dayOf(data ? new Date(data) : new Date());
}
