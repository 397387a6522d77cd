/** Most days past due that a filter takes: a hundred years. */
export const daysMax = 36_500;

/** Reads whole days as typed; undefined when it is no such number, is negative, or is more than the filter takes. */
export function readDays(typed: string): number | undefined {
  const plain = typed.trim();
  if (!/^\d+$/.test(plain)) return undefined;
  const days = Number(plain);
  return days <= daysMax ? days : undefined;
}
