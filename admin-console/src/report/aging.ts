import { buckets, type Aging, type Bucket } from './reportTypes.js';

export interface AgingPart {
  bucket: Bucket;
  amount: number;
  /** Share of the whole, 0 to 1. */
  share: number;
}

/** The parts of a balance that are not 0, oldest last; shares are of the sum of the parts. */
export function agingParts(aging: Aging): AgingPart[] {
  const whole = buckets.reduce((sum, bucket) => sum + Math.max(0, aging[bucket]), 0);
  if (whole === 0) return [];
  return buckets
    .map((bucket) => ({ bucket, amount: aging[bucket], share: Math.max(0, aging[bucket]) / whole }))
    .filter(({ amount }) => amount > 0);
}
