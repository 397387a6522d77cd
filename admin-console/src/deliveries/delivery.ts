/** A file on its way to an agency, or there; totals in minor units by currency. */
export interface Delivery {
  id: string;
  agencyCode: string;
  kind: string;
  bulkActionId: string | null;
  fileSequence: number;
  fileName: string;
  fileDate: string;
  rows: number;
  totals: { currency: string; count: number; amount: number }[];
  status: 'pending' | 'sending' | 'delivered' | 'failed';
  attempts: number;
  checksum: string | null;
  lastError: string | null;
  nextAttemptAt: string | null;
  createdAt: string;
  deliveredAt: string | null;
}

export const deliveryColours = { pending: 'info', sending: 'primary', delivered: 'success', failed: 'error' } as const;
