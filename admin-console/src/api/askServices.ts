import { askAgain } from './askAgain.js';
import { services, type Service } from './services.js';

/** A service whose answer is missing, and what stands in its place. */
export interface Missing {
  service: Service;
  error: unknown;
}

/** What each service answered to the same question, and those whose answer is missing. */
export interface Asked<T> {
  answers: readonly { service: Service; answer: T }[];
  missing: readonly Missing[];
}

/**
 * Asks every service the same, and again after a hiccup. One that can't answer is named instead of taking the others'
 * answers with it. A query around it asks no further time itself: that would be each time as often.
 * @throws what the first was refused with, when none answers
 */
export async function askServices<T>(
  ask: (service: Service) => Promise<T>,
  again: (ask: () => Promise<T>) => Promise<T> = askAgain,
): Promise<Asked<T>> {
  const settled = await Promise.allSettled(
    services.map(async (service) => ({ service, answer: await again(() => ask(service)) })),
  );
  const answers = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const missing = services.flatMap((service, index): Missing[] => {
    const each = settled[index];
    return each?.status === 'rejected' ? [{ service, error: each.reason }] : [];
  });
  if (answers.length === 0) throw missing[0]?.error;
  return { answers, missing };
}
