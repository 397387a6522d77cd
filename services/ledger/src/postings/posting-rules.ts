/** Kinds of transaction, a closed list; a transaction type names one (LED-12). */
export const transactionKinds = [
  'invoice',
  'payment',
  'credit-application',
  'write-off',
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
export type Entry = 'charge' | 'receipt' | 'allocation' | 'write-off';

/**
 * The table of LED-1: entry → debit, credit. `payer` is a payer's code in lower case (`self`), `type` the code of a
 * write-off's transaction type. Charges are owed by a payer to income; a receipt is cash that becomes the account's
 * credit; an allocation spends credit on a receivable; a write-off closes a receivable at our cost.
 */
export const postingRules: Record<Entry, (names: { payer: string; type: string }) => Sides> = {
  charge: ({ payer }) => ({ debit: `receivable:${payer}`, credit: 'income' }),
  receipt: () => ({ debit: 'cash', credit: 'account-credit' }),
  allocation: ({ payer }) => ({ debit: 'account-credit', credit: `receivable:${payer}` }),
  'write-off': ({ payer, type }) => ({ debit: `write-off:${type}`, credit: `receivable:${payer}` }),
};

/** The payer whose open amounts make a balance (LED-4). */
export const self = 'self';

/** The sides of an entry on what the account itself owes. */
export function selfSides(entry: Entry, type = ''): Sides {
  return postingRules[entry]({ payer: self, type });
}

/** A reversal books the mirror image of what it reverses. */
export function mirrored({ debit, credit }: Sides): Sides {
  return { debit: credit, credit: debit };
}

/** Why a transaction of a kind can't be reversed, or null when it can. A returned payment is a fact of the bank. */
export function irreversible(kind: TransactionKind): string | null {
  switch (kind) {
    case 'payment':
    case 'credit-application':
    case 'write-off':
      return null;
    case 'invoice':
      return 'An invoice is not reversed; write off what is open of it.';
    case 'returned-payment':
      return 'A returned payment is not reversed; record the payment again when it arrives.';
    case 'reversal':
      return 'A reversal is not reversed; book the transaction again.';
  }
}
