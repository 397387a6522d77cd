import type { Db } from '@recoup/service-kit';
import { accountKey, notYetWritten, type Judged } from './judge-rows.js';
import { findOpenLines } from './known-invoices.js';

/**
 * Cuts a chunk where a payment of one row leaves credit that an invoice of a later row must take: credit goes to new
 * invoices at once (`rulings`, 1), so that what a file books doesn't depend on which rows come in one chunk. Such files are
 * rare; nearly all chunks are one piece.
 */
export async function piecesOf(tx: Db, judged: readonly Judged[]): Promise<Judged[][]> {
  const crediting = await creditingRows(tx, judged);
  const pieces: Judged[][] = [];
  let piece: Judged[] = [];
  let credited = new Set<string>();
  for (const each of judged) {
    const account = accountKey(each.row);
    if (each.verdict.kind === 'new' && each.row.settledOn === null && credited.has(account)) {
      pieces.push(piece);
      piece = [];
      credited = new Set();
    }
    piece.push(each);
    if (crediting.has(each)) credited.add(account);
  }
  return [...pieces, piece];
}

/** Rows that settle an invoice of which less is open than they pay: it was paid or written off before, in part or whole. */
async function creditingRows(tx: Db, judged: readonly Judged[]): Promise<Set<Judged>> {
  const settling = judged.flatMap((each) => {
    const { verdict } = each;
    return verdict.kind === 'settle' && verdict.invoice.invoiceId !== notYetWritten
      ? [{ each, id: verdict.invoice.invoiceId }]
      : [];
  });
  const open = await findOpenLines(
    tx,
    settling.map(({ id }) => id),
  );
  const openOf = (id: string): number => (open.get(id) ?? []).reduce((sum, line) => sum + line.open, 0);
  return new Set(settling.filter(({ each, id }) => openOf(id) < each.row.amount).map(({ each }) => each));
}
