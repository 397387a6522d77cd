import { rows, sql, type Db } from '@recoup/service-kit';

/** A posting with what reports count it by. */
export interface BookedPosting {
  readonly accountId: string;
  readonly invoiceId: string | null;
  readonly officeCode: string;
  readonly currency: string;
  readonly typeCode: string;
  readonly payerCode: string | null;
  readonly opens: boolean;
  readonly kind: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: number;
  readonly effectiveDate: string;
}

/** The figures of one row, added up one posting after the other. */
export interface FoldedRow {
  readonly opening: number;
  readonly closing: number;
  readonly credit: number;
  readonly movements: Readonly<Record<string, number>>;
}

/** All postings; `kind` is that of the transaction, or of the one that it takes back. */
export function readPostings(db: Db): Promise<BookedPosting[]> {
  return rows(
    db,
    sql`SELECT p.account_id AS "accountId", p.invoice_id AS "invoiceId", o.code AS "officeCode", t.currency, t.type_code AS "typeCode",
               y.code AS "payerCode", coalesce(t.reverses_id, t.id) = b.opened_by AS opens, coalesce(r.kind, t.kind) AS kind,
               p.debit, p.credit, p.amount, p.effective_date AS "effectiveDate"
        FROM postings p JOIN transactions t ON t.id = p.transaction_id LEFT JOIN transactions r ON r.id = t.reverses_id
        JOIN offices o ON o.id = t.office_id LEFT JOIN bill_lines b ON b.id = p.bill_line_id LEFT JOIN payers y ON y.id = b.payer_id`,
  );
}

const nothingYet: FoldedRow = { opening: 0, closing: 0, credit: 0, movements: {} };

/** The trial balance by a plain sum, by key. */
export function foldTrialBalance(
  postings: readonly BookedPosting[],
  by: 'account' | 'payer' | 'office' | 'currency' | 'payer currency',
  from: string | undefined,
  to: string,
): Map<string, FoldedRow> {
  const folded = new Map<string, FoldedRow>();
  const receivable = by.startsWith('payer') ? /^receivable:/ : /^receivable:self$/;
  for (const posting of postings) {
    if (posting.effectiveDate > to) continue;
    const before = from !== undefined && posting.effectiveDate < from;
    const add = (key: string, owed: number, toCredit: number): void => {
      const { opening, closing, credit, movements } = folded.get(key) ?? nothingYet;
      const moved = { ...movements, [posting.typeCode]: (movements[posting.typeCode] ?? 0) + owed };
      const figures = { opening: opening + (before ? owed : 0), closing: closing + owed, credit: credit + toCredit };
      folded.set(key, { ...figures, movements: before ? movements : moved });
    };
    add(
      keyOf(posting, by),
      signed(posting, (side) => receivable.test(side)),
      0,
    );
    add(keyOf(creditOf(posting), by), 0, -signed(posting, (side) => side === 'account-credit'));
  }
  return folded;
}

/** Credit is the account's own, whoever's line it is spent on. */
function creditOf(posting: BookedPosting): BookedPosting {
  return { ...posting, payerCode: null };
}

function keyOf(posting: BookedPosting, by: Parameters<typeof foldTrialBalance>[1]): string {
  switch (by) {
    case 'account':
      return posting.accountId;
    case 'office':
      return posting.officeCode;
    case 'payer':
      return `${posting.payerCode ?? 'SELF'}:${posting.currency}`;
    case 'currency':
    case 'payer currency':
      return posting.currency;
  }
}

function signed({ debit, credit, amount }: BookedPosting, is: (side: string) => boolean): number {
  return (is(debit) ? amount : 0) - (is(credit) ? amount : 0);
}

/** The general ledger by a plain sum: opening, debits, credits and closing by account and currency. */
export function foldLedger(postings: readonly BookedPosting[], from: string, to: string): Map<string, number[]> {
  const folded = new Map<string, number[]>();
  for (const { debit, credit, currency, amount, effectiveDate } of postings) {
    if (effectiveDate > to) continue;
    for (const [side, change] of [[debit, amount] as const, [credit, -amount] as const]) {
      const [opening = 0, debits = 0, credits = 0, closing = 0] = folded.get(`${side}:${currency}`) ?? [];
      const within = effectiveDate >= from;
      folded.set(`${side}:${currency}`, [
        opening + (within ? 0 : change),
        debits + (within && change > 0 ? change : 0),
        credits + (within && change < 0 ? -change : 0),
        closing + change,
      ]);
    }
  }
  return folded;
}

/** What an agency's payer holds by invoice: referred, collected, recalled, outstanding. */
export function foldOutstanding(
  postings: readonly BookedPosting[],
  payerCode: string,
  asOf: string,
): Map<string, [number, number, number, number]> {
  const folded = new Map<string, [number, number, number, number]>();
  for (const posting of postings) {
    if (posting.payerCode !== payerCode || posting.effectiveDate > asOf) continue;
    const key = `${payerCode}:${posting.invoiceId}`;
    const found = folded.get(key) ?? [0, 0, 0, 0];
    folded.set(key, found);
    const owed = signed(posting, (side) => side.startsWith('receivable:'));
    if (posting.opens) found[0] += owed;
    else if (posting.kind === 'payment') found[1] -= owed;
    else found[2] -= owed;
    found[3] += owed;
  }
  return folded;
}
