import { useQuery } from '@tanstack/react-query';
import { send } from '../api/send.js';
import { useOffices } from '../offices/useOffices.js';
import { dayEverywhere } from './dates.js';

const refreshEveryMilliseconds = 5 * 60_000;

/** The services' now: their own clock where one was set for a test (the route exists only there), else the browser's. */
async function servicesNow(signal: AbortSignal): Promise<string> {
  try {
    return (await send<{ instant: string }>('/api/collections/clock', { signal, background: true })).json.instant;
  } catch {
    return new Date().toISOString();
  }
}

/**
 * The day that has begun in every office of the user. Undefined until it is known: a report may not be of a day to come
 * anywhere (`rulings`, 4).
 */
export function useToday(): string | undefined {
  const offices = useOffices();
  const { data: now } = useQuery({
    queryKey: ['clock'],
    staleTime: refreshEveryMilliseconds,
    refetchInterval: refreshEveryMilliseconds,
    queryFn: ({ signal }) => servicesNow(signal),
  });
  if (now === undefined || offices === undefined) return undefined;
  return dayEverywhere(
    new Date(now),
    offices.map(({ timeZone }) => timeZone),
  );
}
