import { later, sum, type ModelBooks, type ModelLine } from './model-books.js';

/** What a command is about: the whole account, or an invoice or a bill line by its place. */
export interface ModelTarget {
  readonly of: 'account' | 'invoice' | 'line';
  readonly which: number;
}

/** Whichever of a list a command means. */
export function picked<T>(of: readonly T[], which: number): T | undefined {
  return of[which % Math.max(1, of.length)];
}

/** Which of some lines a target means. */
export function ofTarget(books: ModelBooks, lines: readonly ModelLine[], { of, which }: ModelTarget): ModelLine[] {
  if (of === 'account') return [...lines];
  if (of === 'invoice') return lines.filter(({ invoice }) => invoice === picked(books.invoices, which));
  return lines.filter((line) => line === picked(books.lines, which));
}

/** Amounts of lines. */
export type Amounts = readonly (readonly [ModelLine, number])[];

/** Closes amounts of lines, of each no earlier than it is open by so much. */
export function bookClosing(
  books: ModelBooks,
  kind: 'write-off' | 'adjustment',
  type: string,
  day: string,
  parts: Amounts,
): void {
  const closing = books.add({ kind, type, day, amount: sum(parts, ([, amount]) => amount) });
  const days = parts.map(([line]) => later(day, books.openSince(line)));
  parts.forEach(([line, amount], index) =>
    books.enter(closing, 'closing', { line, owed: -amount, closes: type, day: days[index] ?? day }),
  );
}
