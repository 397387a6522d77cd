import type { HistoryEvent } from './ledger-history.js';

/** What the projection must hold of an account, worked out event by event without a database. */
export interface FoldedAccount {
  balance: number;
  credit: number;
  openInvoices: number;
  lastPayment: { date: string; amount: number } | null;
  /** Open amount of Self's lines, by invoice. */
  invoices: Record<string, number>;
  /** Open amount by bill line, whoever pays it. */
  lines: Record<string, number>;
  disputes: Record<string, string | null>;
}

interface Payment {
  readonly id: string;
  readonly date: string;
  readonly amount: number;
}

/**
 * Folds an account's events, in order of sequence, to its figures at the end of a day: only what takes effect by then
 * counts. Without a day, all of it. Payments and disputes are always those of now.
 */
export function foldAccount(events: readonly HistoryEvent[], asOf = '9999-12-31'): FoldedAccount {
  const account: FoldedAccount = {
    balance: 0,
    credit: 0,
    openInvoices: 0,
    lastPayment: null,
    invoices: {},
    lines: {},
    disputes: {},
  };
  const self = new Set<string>();
  let payments: Payment[] = [];
  const move = (invoiceId: string, lineId: string, amount: number, date: string): void => {
    if (date > asOf) return;
    account.lines[lineId] = (account.lines[lineId] ?? 0) + amount;
    if (self.has(lineId)) account.invoices[invoiceId] = (account.invoices[invoiceId] ?? 0) + amount;
  };
  for (const { type, data } of events) {
    if (type === 'recoup.ledger.invoice-issued.v1') {
      account.invoices[data.invoiceId] = 0;
      for (const line of data.lines) {
        account.lines[line.billLineId] = 0;
        if (line.payerType === 'self') self.add(line.billLineId);
        move(data.invoiceId, line.billLineId, line.amount, data.invoiceDate);
      }
    } else if (type === 'recoup.ledger.dispute-recorded.v1') account.disputes[data.disputeId] = data.settledOn;
    else if ('movements' in data) {
      if (type === 'recoup.ledger.line-queued.v1')
        for (const line of data.lines) {
          account.lines[line.billLineId] ??= 0;
          if (line.payerType === 'self') self.add(line.billLineId);
        }
      for (const each of data.movements) move(each.invoiceId, each.billLineId, each.amount, each.effectiveDate);
      for (const each of data.creditMovements) if (each.effectiveDate <= asOf) account.credit += each.amount;
      if (type === 'recoup.ledger.payment-received.v1' && (data.payerType ?? 'self') === 'self')
        payments.push({ id: data.transactionId, date: data.effectiveDate, amount: data.amount });
      if (type === 'recoup.ledger.payment-returned.v1')
        payments = payments.filter(({ id }) => id !== data.returnsTransactionId);
      if (type === 'recoup.ledger.transaction-reversed.v1')
        payments = payments.filter(({ id }) => id !== data.reversesTransactionId);
    }
  }
  const open = Object.values(account.invoices);
  account.balance = open.reduce((sum, each) => sum + each, 0);
  account.openInvoices = open.filter((each) => each > 0).length;
  const last = payments
    .filter(({ amount }) => amount > 0)
    .reduce<Payment | null>((best, each) => (best === null || each.date >= best.date ? each : best), null);
  account.lastPayment = last && { date: last.date, amount: last.amount };
  return account;
}
