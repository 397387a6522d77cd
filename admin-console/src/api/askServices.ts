import { services, type Service } from './services.js';

/** What each service answered to the same question, and those that could not. */
export interface Asked<T> {
  answers: readonly { service: Service; answer: T }[];
  missing: readonly Service[];
}

/**
 * Asks every service the same. One that can't answer is named instead of taking the others' answers with it.
 * @throws what the first was refused with, when none answers
 */
export async function askServices<T>(ask: (service: Service) => Promise<T>): Promise<Asked<T>> {
  const settled = await Promise.allSettled(services.map(async (service) => ({ service, answer: await ask(service) })));
  const answers = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const [refused] = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (answers.length === 0) throw refused;
  const answered = new Set(answers.map(({ service }) => service));
  return { answers, missing: services.filter((service) => !answered.has(service)) };
}
