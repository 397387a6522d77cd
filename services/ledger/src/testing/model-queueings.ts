import { bookClosing, ofTarget, picked, type Amounts, type ModelTarget } from './model-closings.js';
import { ModelRefusal, sum, type ModelBooks, type ModelLine, type ModelPayer } from './model-books.js';

const customTypes = ['custom-write-off-1', 'custom-write-off-2'];

/** Queues a line: what custom write-offs closed is referred to an agency, else all that is open moves. */
export function queue(books: ModelBooks, line: ModelLine, payer: ModelPayer, today: string, from: string): void {
  if (line.payer === payer) throw new ModelRefusal('same-payer');
  if (line.openedBy?.kind === 'referral') throw new ModelRefusal('referred');
  if (from < line.invoice.invoiceDate) throw new ModelRefusal('before-invoice');
  if (payer === 'SPRNT' && line.ofSelf === null && referUnreferred(books, line, today)) return;
  const amount = books.open(line);
  if (amount === 0) throw new ModelRefusal('nothing-open');
  const self = line.ofSelf ?? line;
  const queueing = books.add({ kind: 'queueing', amount, day: today, payer });
  const to = payer === 'SELF' ? self : { invoice: line.invoice, payer, amount, openedBy: queueing, ofSelf: self };
  if (to !== self) books.lines.push(to);
  books.enter(queueing, 'queueing', { line, owed: -amount });
  books.enter(queueing, 'queueing', { line: to, owed: amount });
}

/** Refers what custom write-offs closed of a line and no agency was given yet, a transaction for each type. */
function referUnreferred(books: ModelBooks, line: ModelLine, today: string): boolean {
  const found = customTypes
    .map((type) => ({ type, amount: books.closed(line, type) - books.referred(line, type) }))
    .filter(({ amount }) => amount > 0);
  for (const { type, amount } of found) bookReferral(books, type, [[line, amount]], today);
  return found.length > 0;
}

/** Opens lines of the agency for what was closed under a type. */
function bookReferral(books: ModelBooks, type: string, parts: Amounts, today: string): void {
  const amount = sum(parts, ([, part]) => part);
  const referral = books.add({ kind: 'referral', type, amount, day: today, payer: 'SPRNT' });
  for (const [self, owed] of parts) {
    const { invoice } = self;
    const line: ModelLine = { invoice, payer: 'SPRNT', amount: owed, openedBy: referral, ofSelf: self };
    books.lines.push(line);
    books.enter(referral, 'referral', { line, owed });
  }
}

/** Refers what is open, and nothing that was closed earlier: payment of 0, write-off of all of it, referral. */
export function refer(books: ModelBooks, target: ModelTarget, type: string, today: string): void {
  const lines = ofTarget(books, books.openLines('SELF'), target);
  if (lines.length === 0) throw new ModelRefusal('nothing-open');
  books.add({ kind: 'payment', amount: 0, day: today });
  const parts = lines.map((line): [ModelLine, number] => [line, books.open(line)]);
  bookClosing(books, 'write-off', type, today, parts);
  bookReferral(books, type, parts, today);
}

/** Recalls what the agency holds of what was referred to it. */
export function recall(books: ModelBooks, target: ModelTarget, today: string): void {
  const named = target.of === 'line' ? picked(books.lines, target.which) : null;
  const held = books.lines.filter(
    (line) => line.payer === 'SPRNT' && line.openedBy?.kind === 'referral' && books.open(line) > 0,
  );
  const lines = named ? held.filter((line) => line === named || line.ofSelf === named) : ofTarget(books, held, target);
  if (lines.length === 0) throw new ModelRefusal('nothing-open');
  const amount = sum(lines, (line) => books.open(line));
  const recalled = books.add({ kind: 'recall', amount, day: today, payer: 'SPRNT' });
  for (const line of lines) {
    const open = books.open(line);
    books.enter(recalled, 'referral', { line, owed: -open });
    books.enter(recalled, 'closing', { line: line.ofSelf, owed: open, closes: line.openedBy?.type ?? null });
  }
}
