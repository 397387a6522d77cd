import type { CurrencyTotal } from './encode-file.js';

/** Where a delivery stands (AGY-4). */
export type DeliveryStatus = 'pending' | 'sending' | 'delivered' | 'failed';

/** What may happen to a delivery: a worker takes it, it arrives, an attempt goes wrong, or a person asks for it again. */
export type DeliveryCommand = 'take' | 'arrive' | 'retry-later' | 'give-up' | 'resend';

const transitions: Record<DeliveryCommand, { from: readonly DeliveryStatus[]; to: DeliveryStatus }> = {
  take: { from: ['pending', 'sending'], to: 'sending' },
  arrive: { from: ['sending'], to: 'delivered' },
  'retry-later': { from: ['sending'], to: 'pending' },
  'give-up': { from: ['sending'], to: 'failed' },
  resend: { from: ['failed'], to: 'pending' },
};

/** The status a command leads to, or undefined when the delivery's status doesn't allow it. */
export function nextDeliveryStatus(status: DeliveryStatus, command: DeliveryCommand): DeliveryStatus | undefined {
  const { from, to } = transitions[command];
  return from.includes(status) ? to : undefined;
}

/** After this many attempts a delivery is failed, and waits for a person. */
export const deliveryAttemptsMax = 8;

const firstPauseSeconds = 2;
const pauseSecondsMax = 900;

/** Seconds to wait after an attempt that went wrong, the first being number 1: 2, 4, 8 … at most 15 minutes. */
export function pauseSeconds(attempt: number): number {
  return Math.min(firstPauseSeconds * 2 ** (attempt - 1), pauseSecondsMax);
}

/** A file on its way. Rows and totals are what it must come out with; `checksum` is known once it was delivered. */
export interface Delivery {
  readonly id: string;
  readonly recipient: string;
  readonly kind: string;
  readonly batchId: string;
  readonly fileSequence: number;
  readonly fileName: string;
  readonly fileDate: string;
  readonly rows: number;
  readonly totals: readonly CurrencyTotal[];
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly checksum: string | null;
}
