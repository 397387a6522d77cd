import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useIdentity } from '../api/identity.js';
import { send } from '../api/send.js';
import { useOffices, type Office } from '../offices/useOffices.js';
import { dayEverywhere, officesAhead } from './dates.js';

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

/** The services' now; undefined until it is known. */
function useNow(): Date | undefined {
  const { testClock } = useIdentity();
  const { data } = useQuery({
    queryKey: ['clock', testClock],
    staleTime: refreshEveryMilliseconds,
    refetchInterval: refreshEveryMilliseconds,
    queryFn: ({ signal }) => servicesNow(testClock, signal),
  });
  return useMemo(() => (data === undefined ? undefined : new Date(data)), [data]);
}

/** The latest day that has begun in all of the offices named, or in all that the user may see. */
export type TodayOf = (officeCodes?: readonly string[]) => string;

/**
 * Today by offices, which may be in different days. Undefined until it is known: a report may not be of a day to come in
 * any office that it shows (`rulings`, 4).
 */
export function useToday(): TodayOf | undefined {
  const offices = useOffices();
  const now = useNow();
  return useMemo(() => {
    if (now === undefined || offices === undefined) return undefined;
    return (officeCodes) =>
      dayEverywhere(
        now,
        named(offices, officeCodes).map(({ timeZone }) => timeZone),
      );
  }, [now, offices]);
}

/** Of the offices named, or of all, the names of those where a later day than `today` has begun. */
export function useOfficesAhead(today: string, officeCodes?: readonly string[]): string[] {
  const offices = useOffices();
  const now = useNow();
  return now === undefined || offices === undefined ? [] : officesAhead(now, today, named(offices, officeCodes));
}

function named(offices: readonly Office[], officeCodes: readonly string[] | undefined): readonly Office[] {
  const found = offices.filter(({ code }) => officeCodes?.includes(code));
  return found.length > 0 ? found : offices;
}
