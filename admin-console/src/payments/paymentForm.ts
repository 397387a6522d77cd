import { openOf, type BillLine } from '../bill-lines/billLine.js';
import { readTyped } from '../money/typedAmount.js';

/** A payment as it is being filled in; amounts as typed, by bill line. */
export interface PaymentForm {
  payerCode: string;
  amount: string;
  effectiveDate: string;
  reference: string;
  allocation: 'oldest-first' | 'by-hand';
  paid: Readonly<Record<string, string>>;
  writtenOff: Readonly<Record<string, string>>;
  writeOffType: string;
}

export type PaymentProblem =
  | { kind: 'unreadable'; billLineId: string | null }
  | { kind: 'above-open'; billLineId: string }
  | { kind: 'above-payment' }
  | { kind: 'above-outstanding' }
  | { kind: 'no-type' };

interface Entry {
  billLineId: string;
  amount: number;
}

/** What of the form is allocated and written off, line by line; nothing where an amount can't be read. */
function entriesOf(typed: Readonly<Record<string, string>>, currency: string): Entry[] {
  return Object.entries(typed).flatMap(([billLineId, text]) => {
    const amount = readTyped(text, currency);
    return amount === undefined || amount === 0 ? [] : [{ billLineId, amount }];
  });
}

function sumOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * What must be set right before the payment can be sent. A payer other than the account may not pay more than it holds
 * (LED-30); a line can't be paid and written off beyond what is open of it.
 */
export function problemsOf(form: PaymentForm, lines: readonly BillLine[], currency: string): PaymentProblem[] {
  const byHand = form.allocation === 'by-hand' ? form.paid : {};
  const problems: PaymentProblem[] = [];
  const amount = readTyped(form.amount, currency);
  if (amount === undefined) problems.push({ kind: 'unreadable', billLineId: null });
  for (const line of lines) {
    const typed = [byHand[line.id] ?? '', form.writtenOff[line.id] ?? ''].filter((text) => text !== '');
    const read = typed.map((text) => readTyped(text, currency));
    if (read.includes(undefined)) problems.push({ kind: 'unreadable', billLineId: line.id });
    else if (read.reduce<number>((sum, each) => sum + (each ?? 0), 0) > line.openAmount)
      problems.push({ kind: 'above-open', billLineId: line.id });
  }
  if (sumOf(entriesOf(byHand, currency)) > (amount ?? 0)) problems.push({ kind: 'above-payment' });
  const [first] = lines;
  if (first && first.payerType !== 'self' && (amount ?? 0) > openOf(lines))
    problems.push({ kind: 'above-outstanding' });
  if (sumOf(entriesOf(form.writtenOff, currency)) > 0 && form.writeOffType === '') problems.push({ kind: 'no-type' });
  return problems;
}

/** The request of a form without problems (LED-30); `selfCode` is the payer that is the account. */
export function paymentBody(form: PaymentForm, account: { id: string; currency: string }, selfCode: string): object {
  const { currency } = account;
  const writeOffs = entriesOf(form.writtenOff, currency).map((entry) => ({
    ...entry,
    transactionTypeCode: form.writeOffType,
  }));
  return {
    accountId: account.id,
    amount: readTyped(form.amount, currency),
    currency,
    effectiveDate: form.effectiveDate,
    ...(form.reference.trim() === '' ? {} : { reference: form.reference.trim() }),
    ...(form.payerCode === selfCode ? {} : { payerCode: form.payerCode }),
    ...(form.allocation === 'by-hand' ? { allocations: entriesOf(form.paid, currency) } : {}),
    ...(writeOffs.length === 0 ? {} : { writeOffs }),
  };
}
