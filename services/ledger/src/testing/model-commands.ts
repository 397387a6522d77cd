import { bookClosing, ofTarget, picked, type Amounts, type ModelTarget } from './model-closings.js';
import { queue, recall, refer } from './model-queueings.js';
import { bookReturn, bookReversal } from './model-reversals.js';
import {
  later,
  ModelRefusal,
  sum,
  type ModelBooks,
  type ModelInvoice,
  type ModelLine,
  type ModelPayer,
  type ModelTransaction,
} from './model-books.js';

/** An amount of a line by its place; with a type where it is written off. */
export interface ModelPart {
  readonly line: number;
  readonly amount: number;
  readonly type: string;
}

/** A command in words that both the model and the ledger understand. `back`: so many days before its day. */
export type ModelCommand =
  | { readonly of: 'invoice'; readonly amounts: readonly number[]; readonly back: number; readonly dueIn: number }
  | {
      readonly of: 'payment';
      readonly amount: number;
      readonly back: number;
      readonly payer: ModelPayer;
      readonly byHand: readonly ModelPart[];
      readonly writeOffs: readonly ModelPart[];
    }
  | { readonly of: 'return'; readonly which: number; readonly back: number; readonly fee: number }
  | { readonly of: 'reverse'; readonly which: number }
  | {
      readonly of: 'write-off' | 'adjustment';
      readonly target: ModelTarget;
      readonly amount: number;
      readonly type: string;
      readonly back: number;
    }
  | { readonly of: 'queue'; readonly line: number; readonly payer: ModelPayer; readonly back: number }
  | { readonly of: 'refer'; readonly target: ModelTarget; readonly type: string }
  | { readonly of: 'recall'; readonly target: ModelTarget };

/** Day that lies so many days before another. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Does a command on the model; answers the code with which it is refused, or null when it is done. */
export function applyToModel(books: ModelBooks, command: ModelCommand, today: string): string | null {
  return books.attempt(() => {
    switch (command.of) {
      case 'invoice': {
        const invoiceDate = daysBefore(today, command.back);
        const dueDate = daysBefore(invoiceDate, -command.dueIn);
        return issue(books, { number: numberOf(books), invoiceDate, dueDate }, command.amounts);
      }
      case 'payment':
        return pay(books, command, daysBefore(today, command.back));
      case 'return': {
        const day = daysBefore(today, command.back);
        const payment = picked(paymentsOf(books), command.which);
        if (!payment) throw new ModelRefusal('not-found');
        if (day < payment.day) throw new ModelRefusal('before-payment');
        if (command.fee > 0 && payment.payer !== null) throw new ModelRefusal('not-own-payment');
        bookReturn(books, payment, day);
        if (command.fee > 0) issue(books, { number: 'NSF', invoiceDate: today, dueDate: today }, [command.fee]);
        return;
      }
      case 'reverse': {
        const original = picked(books.transactions, command.which);
        if (!original) throw new ModelRefusal('not-found');
        return bookReversal(books, original, today);
      }
      case 'write-off':
      case 'adjustment':
        return close(books, command, daysBefore(today, command.back));
      case 'queue': {
        const line = picked(books.lines, command.line);
        if (!line) throw new ModelRefusal('not-found');
        return queue(books, line, command.payer, today, daysBefore(today, command.back));
      }
      case 'refer':
        return refer(books, command.target, command.type, today);
      case 'recall':
        return recall(books, command.target, today);
    }
  });
}

/** The number of the next invoice: in order as they are issued. */
export function numberOf({ invoices }: ModelBooks): string {
  return `M${String(invoices.length).padStart(4, '0')}`;
}

export function paymentsOf({ transactions }: ModelBooks): ModelTransaction[] {
  return transactions.filter(({ kind }) => kind === 'payment');
}

function issue(books: ModelBooks, invoice: ModelInvoice, amounts: readonly number[]): void {
  books.invoices.push(invoice);
  const day = invoice.invoiceDate;
  const charge = books.add({ kind: 'invoice', invoice, day, amount: sum(amounts, (each) => each) });
  const lines = amounts.map((amount): ModelLine => ({ invoice, payer: 'SELF', amount, openedBy: null, ofSelf: null }));
  books.lines.push(...lines);
  for (const line of lines) books.enter(charge, 'charge', { line, owed: line.amount });
  if (books.appliesCredit) applyCredit(books, invoice, lines);
}

/** The oldest credit first goes to the first line first. */
function applyCredit(books: ModelBooks, invoice: ModelInvoice, lines: readonly ModelLine[]): void {
  const sources = paymentsOf(books)
    .filter((payment) => books.unspent(payment) > 0)
    .toSorted((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1))
    .map((payment) => ({ payment, left: books.unspent(payment), since: books.unspentSince(payment) }));
  const parts = lines.flatMap((line) => {
    let open = line.amount;
    return sources.flatMap((source) => {
      const amount = Math.min(open, source.left);
      open -= amount;
      source.left -= amount;
      return amount > 0
        ? [{ line, amount, payment: source.payment, day: later(source.since, invoice.invoiceDate) }]
        : [];
    });
  });
  if (parts.length === 0) return;
  const day = parts.map((part) => part.day).reduce(later);
  const applied = books.add({ kind: 'credit-application', invoice, day, amount: sum(parts, ({ amount }) => amount) });
  for (const { amount, ...part } of parts)
    books.enter(applied, 'allocation', { ...part, owed: -amount, credit: -amount });
}

/** An amount over lines, one after the other. */
function spread(books: ModelBooks, amount: number, lines: readonly ModelLine[]): Map<ModelLine, number> {
  let left = amount;
  const parts = new Map<ModelLine, number>();
  for (const line of lines) {
    const part = Math.min(left, books.open(line));
    if (part > 0) parts.set(line, part);
    left -= part;
  }
  return parts;
}

function pay(books: ModelBooks, { amount, payer, byHand, writeOffs }: Command<'payment'>, day: string): void {
  const open = books.openLines(payer);
  const parts = byHand.length > 0 ? allocated(books, amount, open, byHand) : spread(books, amount, open);
  const spent = sum([...parts.values()], (part) => part);
  if (payer !== 'SELF') {
    const holds = sum(open, (line) => books.open(line));
    if (spent < amount) throw new ModelRefusal(amount > holds ? 'above-outstanding' : 'not-allocated');
    if ([...parts.keys()].some((line) => books.openSince(line) > day)) throw new ModelRefusal('before-open');
  }
  const payment = books.add({ kind: 'payment', amount, day, payer: payer === 'SELF' ? null : payer });
  books.enter(payment, 'receipt', { payment, credit: amount });
  for (const [line, part] of parts)
    books.enter(payment, 'allocation', {
      line,
      payment,
      owed: -part,
      credit: -part,
      day: later(day, books.openSince(line)),
    });
  if (writeOffs.length > 0) writeOffInWindow(books, payment, writeOffs);
}

function allocated(
  books: ModelBooks,
  amount: number,
  open: readonly ModelLine[],
  wanted: readonly ModelPart[],
): Map<ModelLine, number> {
  if (sum(wanted, (each) => each.amount) > amount) throw new ModelRefusal('allocation-above-payment');
  const parts = new Map<ModelLine, number>();
  const named = wanted.map(({ line, amount: part }) => ({ line: picked(books.lines, line), part }));
  if (new Set(named.map(({ line }) => line)).size < named.length) throw new ModelRefusal('repeated-line');
  for (const { line, part } of named) {
    if (!line || !open.includes(line) || part > books.open(line)) throw new ModelRefusal('allocation-above-open');
    parts.set(line, part);
  }
  return parts;
}

function writeOffInWindow(books: ModelBooks, payment: ModelTransaction, wanted: readonly ModelPart[]): void {
  const parts = wanted.map(({ line, amount, type }) => ({ line: picked(books.lines, line), amount, type }));
  parts.forEach(({ line, amount }, index) => {
    const before = sum(parts.slice(0, index), (each) => (each.line === line ? each.amount : 0));
    if (line?.payer !== 'SELF' || books.open(line) - before < amount) throw new ModelRefusal('write-off-above-open');
  });
  if (parts.some(({ line }) => line && payment.day < line.invoice.invoiceDate))
    throw new ModelRefusal('before-invoice');
  for (const [type, own] of Map.groupBy(parts, (part) => part.type))
    bookClosing(
      books,
      'write-off',
      type,
      payment.day,
      own.flatMap(({ line, amount }): Amounts => (line ? [[line, amount]] : [])),
    );
}

type Command<T extends ModelCommand['of']> = Extract<ModelCommand, { of: T }>;

function close(
  books: ModelBooks,
  { of: kind, target, amount, type }: Command<'write-off' | 'adjustment'>,
  day: string,
): void {
  const lines = ofTarget(books, books.openLines('SELF'), target);
  const open = sum(lines, (line) => books.open(line));
  if (open === 0) throw new ModelRefusal('nothing-open');
  if (amount > open) throw new ModelRefusal(`${kind}-above-open`);
  if (target.of !== 'account' && lines.some(({ invoice }) => day < invoice.invoiceDate))
    throw new ModelRefusal('before-invoice');
  bookClosing(books, kind, type, day, [...spread(books, amount === 0 ? open : amount, lines)]);
}
