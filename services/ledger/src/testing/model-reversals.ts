import {
  later,
  ModelRefusal,
  sum,
  type ModelBooks,
  type ModelEntry,
  type ModelLine,
  type ModelTransaction,
} from './model-books.js';

/** Takes back a payment as the bank does, from a day on. */
export function bookReturn(books: ModelBooks, payment: ModelTransaction, day: string): void {
  takeBack(books, payment, 'returned-payment', day);
}

/** Takes back any transaction from today on. */
export function bookReversal(books: ModelBooks, original: ModelTransaction, today: string): void {
  takeBack(books, original, 'reversal', today);
}

function takeBack(books: ModelBooks, original: ModelTransaction, kind: string, day: string): void {
  requireReversible(books, original);
  const { amount, payer } = original;
  const mirrored = mirror(books, original, day);
  for (const [line, own] of Map.groupBy(mirrored, (entry) => entry.line)) {
    const open = line ? books.open(line) + sum(own, ({ owed }) => owed) : 0;
    if (line && (open < 0 || open > line.amount)) throw new ModelRefusal('no-longer-open');
  }
  const reversal = books.add({ kind, amount, payer, day, reverses: original });
  for (const entry of mirrored) books.enter(reversal, entry.of, entry);
}

function requireReversible(books: ModelBooks, original: ModelTransaction): void {
  const { kind, type } = original;
  if (kind === 'returned-payment' || kind === 'reversal') throw new ModelRefusal('not-reversible');
  if (books.takenBack(original) || (kind === 'credit-application' && partyTakenBack(books, original)))
    throw new ModelRefusal('already-reversed');
  if (kind === 'invoice' && !untouched(books, original)) throw new ModelRefusal('paid');
  if (kind !== 'write-off') return;
  for (const { line, owed } of books.entries.filter(({ transaction }) => transaction === original)) {
    if (!line) continue;
    const referred = books.referred(line, type);
    if (books.closed(line, type) - referred < -owed) throw new ModelRefusal(referred > 0 ? 'referred' : 'recalled');
  }
}

/** Applied credit goes back with the payment that it is of, or with the invoice that took it. */
function partyTakenBack(books: ModelBooks, application: ModelTransaction): boolean {
  const payments = books.entries.filter(({ transaction }) => transaction === application).map(({ payment }) => payment);
  return books.transactions.some(
    (each) =>
      (payments.includes(each) || (each.kind === 'invoice' && each.invoice === application.invoice)) &&
      books.takenBack(each),
  );
}

/** Whether nothing closed a line of an invoice but credit that it took when it was issued. */
function untouched(books: ModelBooks, { invoice }: ModelTransaction): boolean {
  return books.lines
    .filter((line) => line.invoice === invoice && line.ofSelf === null)
    .every((line) => line.amount - books.open(line) === creditOn(books, line));
}

function creditOn(books: ModelBooks, line: ModelLine): number {
  const paidBy = (payment: ModelTransaction): boolean =>
    books.entries.some((each) => each.transaction === payment && each.line === line);
  return -sum(books.entries, (each) =>
    each.line === line && each.payment !== null && !paidBy(each.payment) ? each.owed : 0,
  );
}

/** Of a payment all that was spent of it and not given back; of an invoice its charge, and the credit that it took. */
function mirror(books: ModelBooks, original: ModelTransaction, from: string): ModelEntry[] {
  const own = books.entries.filter(({ transaction }) => transaction === original);
  const back = (entry: ModelEntry): ModelEntry => ({
    ...entry,
    owed: -entry.owed,
    credit: -entry.credit,
    day: later(entry.day, from),
  });
  if (original.kind === 'payment') return netted(books.entries.filter(({ payment }) => payment === original).map(back));
  if (original.kind !== 'invoice') return own.map(back);
  const credited = books.entries.filter(({ line, payment }) => payment !== null && line?.invoice === original.invoice);
  return [...own.map(back), ...netted(credited.map(back))];
}

/** One entry a line, payment and day; none where they cancel out. */
function netted(entries: readonly ModelEntry[]): ModelEntry[] {
  const merged: ModelEntry[] = [];
  for (const entry of entries) {
    const index = merged.findIndex((each) => sameOf(each, entry));
    const found = merged[index];
    if (!found) merged.push(entry);
    else merged[index] = { ...found, owed: found.owed + entry.owed, credit: found.credit + entry.credit };
  }
  return merged;
}

function sameOf(a: ModelEntry, b: ModelEntry): boolean {
  return a.line === b.line && a.payment === b.payment && a.day === b.day;
}
