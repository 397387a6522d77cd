import { useQuery } from '@tanstack/react-query';
import { send } from '../api/send.js';
import { useOffices } from '../offices/useOffices.js';
import { dayEverywhere } from './dates.js';

/**
 * The day that has begun in every office of the user, by the services' clock where one was set for a test. Undefined
 * until that is known: a report may not be of a day to come anywhere (`rulings`, 4).
 */
export function useToday(): string | undefined {
  const offices = useOffices();
  const { data, isPending } = useQuery({
    queryKey: ['clock'],
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => (await send<{ instant: string }>('/api/collections/clock', { signal })).json.instant,
  });
  if (isPending || offices === undefined) return undefined;
  return dayEverywhere(data ? new Date(data) : new Date(), offices.map(({ timeZone }) => timeZone));
}
