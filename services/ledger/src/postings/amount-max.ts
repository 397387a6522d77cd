/** Largest amount of one transaction, in minor units: sums of a thousand of them are still exact. */
export const amountMax = 8_000_000_000_000;
