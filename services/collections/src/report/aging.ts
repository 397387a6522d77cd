/** One part of a balance by age: whole days past due, both ends included; null is without end. */
export interface AgingBucket {
  readonly name: 'current' | 'days1to30' | 'days31to60' | 'days61to90' | 'days91to120' | 'daysOver120';
  readonly fromDays: number | null;
  readonly toDays: number | null;
}
export type BucketName = AgingBucket['name'];

/** The six parts of a balance, in order of age (REP-1). What is due on the day itself is current. SQL is made from it too. */
export const agingBuckets = [
  { name: 'current', fromDays: null, toDays: 0 },
  { name: 'days1to30', fromDays: 1, toDays: 30 },
  { name: 'days31to60', fromDays: 31, toDays: 60 },
  { name: 'days61to90', fromDays: 61, toDays: 90 },
  { name: 'days91to120', fromDays: 91, toDays: 120 },
  { name: 'daysOver120', fromDays: 121, toDays: null },
] as const satisfies readonly AgingBucket[];

/** A balance by age, minor units; the parts add up to the balance. */
export type Aging = Record<BucketName, number>;

/** The part that an invoice belongs to, by the days from its due date to the as-of date; negative before it is due. */
export function bucketOf(days: number): BucketName {
  const found = agingBuckets.find(
    ({ fromDays, toDays }) => (fromDays === null || days >= fromDays) && (toDays === null || days <= toDays),
  );
  if (!found) throw new RangeError(`${days} is not a whole number of days`);
  return found.name;
}
