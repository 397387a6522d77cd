import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useIdentity } from '../api/identity.js';
import { send } from '../api/send.js';
import { useOffices } from '../offices/useOffices.js';
import { dayEverywhere } from './dates.js';

const refreshEveryMilliseconds = 5 * 60_000;

/** The services' now: their own clock where one was set for a test (the route exists only there), else the browser's. */
async function servicesNow(testClock: boolean, signal: AbortSignal): Promise<string> {
  if (!testClock) return new Date().toISOString();
  try {
    return (await send<{ instant: string }>('/api/collections/clock', { signal, background: true })).json.instant;
  } catch {
    return new Date().toISOString();
  }
}

/** The latest day that has begun in all of the offices named, or in all that the user may see. */
export type TodayOf = (officeCodes?: readonly string[]) => string;

/**
 * Today by offices, which may be in different days. Undefined until it is known: a report may not be of a day to come in
 * any office that it shows (`rulings`, 4).
 */
export function useToday(): TodayOf | undefined {
  const offices = useOffices();
  const { testClock } = useIdentity();
  const { data: now } = useQuery({
    queryKey: ['clock', testClock],
    staleTime: refreshEveryMilliseconds,
    refetchInterval: refreshEveryMilliseconds,
    queryFn: ({ signal }) => servicesNow(testClock, signal),
  });
  return useMemo(() => {
    if (now === undefined || offices === undefined) return undefined;
    return (officeCodes) => {
      const named = offices.filter(({ code }) => officeCodes?.includes(code));
      const zones = (named.length > 0 ? named : offices).map(({ timeZone }) => timeZone);
      return dayEverywhere(new Date(now), zones);
    };
  }, [now, offices]);
}
