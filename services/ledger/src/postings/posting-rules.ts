import type { PayerType } from '@recoup/contracts';

/**
 * Kinds of transaction, a closed list; a transaction type names one (LED-12). A referral has no type of its own but that of
 * the write-off which closed the account's side, so that both stand in one column of the trial balance (`rulings`, 9).
 */
export const transactionKinds = [
  'invoice',
  'payment',
  'credit-application',
  'write-off',
  'adjustment',
  'queueing',
  'referral',
  'recall',
  'returned-payment',
  'reversal',
] as const;
export type TransactionKind = (typeof transactionKinds)[number];

/** Which ledger account a posting debits and which it credits. */
export interface Sides {
  readonly debit: string;
  readonly credit: string;
}

/** What a posting books; a transaction's kind decides which of these it may contain. */
export type Entry = 'charge' | 'receipt' | 'allocation' | 'write-off' | 'queued-from' | 'queued-to' | 'referred';

/**
 * The table of LED-1: entry → debit, credit. `payer` is the type of the payer who owes (`self`, `insurer`, `generic`),
 * `type` the code of a write-off's or adjustment's transaction type. Charges are owed by a payer to income; a receipt is
 * cash that becomes the account's credit; an allocation spends credit on a receivable; a write-off closes a receivable at
 * our cost. Queueing moves a receivable from one payer to another through the clearing account `requeued`, which each
 * transaction leaves at 0. A referral opens the agency's receivable against what is recoverable from agencies; a recall
 * books the mirror image of the referral and of the write-off before it (LED-41, LED-42).
 */
export const postingRules: Record<Entry, (names: { payer: PayerType; type: string }) => Sides> = {
  charge: ({ payer }) => ({ debit: `receivable:${payer}`, credit: 'income' }),
  receipt: () => ({ debit: 'cash', credit: 'account-credit' }),
  allocation: ({ payer }) => ({ debit: 'account-credit', credit: `receivable:${payer}` }),
  'write-off': ({ payer, type }) => ({ debit: `write-off:${type}`, credit: `receivable:${payer}` }),
  'queued-from': ({ payer }) => ({ debit: 'requeued', credit: `receivable:${payer}` }),
  'queued-to': ({ payer }) => ({ debit: `receivable:${payer}`, credit: 'requeued' }),
  referred: ({ payer }) => ({ debit: `receivable:${payer}`, credit: 'recoverable' }),
};

/** The payer whose open amounts make a balance (LED-4). */
export const self = 'self';

/** The sides of an entry on what a payer of that type owes. */
export function sidesOf(entry: Entry, payer: PayerType, type = ''): Sides {
  return postingRules[entry]({ payer, type });
}

/** The sides of an entry on what the account itself owes. */
export function selfSides(entry: Entry, type = ''): Sides {
  return sidesOf(entry, self, type);
}

/** A reversal books the mirror image of what it reverses. */
export function mirrored({ debit, credit }: Sides): Sides {
  return { debit: credit, credit: debit };
}

/** Why a transaction of a kind can't be reversed, or null when it can. A returned payment is a fact of the bank. */
export function irreversible(kind: TransactionKind): string | null {
  switch (kind) {
    case 'invoice':
    case 'payment':
    case 'credit-application':
    case 'write-off':
    case 'adjustment':
    case 'queueing':
    case 'referral':
    case 'recall':
      return null;
    case 'returned-payment':
      return 'A returned payment is not reversed; record the payment again when it arrives.';
    case 'reversal':
      return 'A reversal is not reversed; book the transaction again.';
  }
}
