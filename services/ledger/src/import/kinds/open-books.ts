import { formatAmount } from '@recoup/contracts';
import { allocateOldestFirst, linesMax, oldestDueFirst, type OpenLine } from '../../postings/allocation.js';
import type { ImportAccount } from '../import-accounts.js';
import type { Refusal } from '../import-kind.js';
import { invoiceKey } from '../judge-rows.js';
import type { PaymentLine, PaymentPayer } from './payment-books.js';
import type { MadePayment } from './payment-transaction.js';
import { refusalOf, type PaymentRow } from './payment-row.js';

/** What is open of a chunk's accounts, which each payment lowers for those after it. */
export class OpenBooks {
  readonly #lines: Map<string, PaymentLine[]>;
  readonly #open: Map<string, number>;

  constructor(lines: readonly PaymentLine[]) {
    this.#lines = Map.groupBy(lines, ({ accountId }) => accountId);
    this.#open = new Map(lines.map(({ billLineId, open }) => [billLineId, open]));
  }

  /** Allocates a payment: the invoice that it names first, then oldest due first; answers why not when it can't be booked. */
  pay(
    row: PaymentRow,
    account: ImportAccount,
    payer: PaymentPayer | null,
    invoices: ReadonlyMap<string, { readonly id: string; readonly accountId: string }>,
  ): MadePayment | Refusal {
    const invoice = row.invoiceNumber === '' ? undefined : invoices.get(invoiceKey(row));
    if (row.invoiceNumber !== '' && invoice?.accountId !== account.id)
      return refusalOf('invoiceNumber', row, 'unknown-invoice', 'is not an invoice of the account');
    const owed = this.#owed(account.id, payer);
    const first = owed.filter(({ invoiceId }) => invoiceId === invoice?.id);
    const rest = owed.filter(({ invoiceId }) => invoiceId !== invoice?.id);
    const named = allocateOldestFirst(row.amount, first.slice(0, linesMax));
    const others = allocateOldestFirst(named.left, rest.slice(0, linesMax - named.parts.length));
    const parts = [...named.parts, ...others.parts];
    const refusal =
      payer && notWhole(row, account, payer, { left: others.left, owed, lines: parts.map(({ line }) => line) });
    if (refusal) return refusal;
    for (const { line, amount } of parts) this.#open.set(line.billLineId, line.open - amount);
    return { row, account, payer, parts };
  }

  #owed(accountId: string, payer: PaymentPayer | null): OpenLine[] {
    const lines = (this.#lines.get(accountId) ?? []).filter(({ payerId }) => payerId === (payer?.id ?? null));
    const now = lines.map((line) => ({ ...line, open: this.#open.get(line.billLineId) ?? 0 }));
    return now.filter(({ open }) => open > 0).toSorted(oldestDueFirst);
  }
}

/** A payer's payment goes whole to what it owes, and not before it owed it (LED-30). */
function notWhole(
  row: PaymentRow,
  { currency }: ImportAccount,
  { code }: PaymentPayer,
  { left, owed, lines }: { left: number; owed: readonly OpenLine[]; lines: readonly OpenLine[] },
): Refusal | null {
  if (left > 0) {
    const holds = owed.reduce((sum, { open }) => sum + open, 0);
    const detail =
      holds < row.amount
        ? `is more than ${code} owes of this account, ${formatAmount(holds, currency)}`
        : `would touch more than ${linesMax} lines; split the payment`;
    const reason = holds < row.amount ? 'above-outstanding' : 'too-many-lines';
    return { field: 'amount', value: formatAmount(row.amount, currency), reason, detail };
  }
  const since = lines
    .map(({ openSince, invoiceDate }) => openSince ?? invoiceDate)
    .toSorted()
    .at(-1);
  if (since === undefined || since <= row.paymentDate) return null;
  return refusalOf('paymentDate', row, 'before-open', `is before ${code} owed it; that is since ${since}`);
}
