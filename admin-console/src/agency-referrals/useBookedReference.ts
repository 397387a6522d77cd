import { useQuery } from '@tanstack/react-query';
import { send } from '../api/send.js';
import type { BookedBefore } from './referSteps.js';

/** The reference of the payment that a referral was begun with on an earlier visit, as it was booked. */
export function useBookedReference(accountId: string, booked: BookedBefore | null): string | undefined {
  const { data } = useQuery({
    queryKey: ['account', accountId, 'referral-payment', booked],
    enabled: booked !== null,
    queryFn: async ({ signal }) => booked && readReference(booked, signal),
  });
  return data ?? undefined;
}

/** Null where the payment has none, or a line was queued outside the window of one. */
async function readReference(booked: BookedBefore, signal: AbortSignal): Promise<string | null> {
  const paymentId = 'paymentId' in booked ? booked.paymentId : await windowOf(booked.queuedBy, signal);
  if (paymentId === null) return null;
  const { json } = await send<{ reference: string | null }>(`/api/ledger/payments/${paymentId}`, { signal });
  return json.reference;
}

async function windowOf(transactionId: string, signal: AbortSignal): Promise<string | null> {
  const path = `/api/ledger/transactions/${transactionId}`;
  return (await send<{ paymentId: string | null }>(path, { signal })).json.paymentId;
}
