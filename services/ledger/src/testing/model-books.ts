/** Whoever owes a line of the model: the account itself, an insurer, an agency. */
export const modelPayers = ['SELF', 'INS', 'SPRNT'] as const;
export type ModelPayer = (typeof modelPayers)[number];

export interface ModelInvoice {
  number: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
}

/** A bill line; `ofSelf` is the line of Self that it came from, itself where it is that line. */
export interface ModelLine {
  readonly invoice: ModelInvoice;
  readonly payer: ModelPayer;
  readonly amount: number;
  readonly openedBy: ModelTransaction | null;
  readonly ofSelf: ModelLine | null;
}

export interface ModelTransaction {
  readonly kind: string;
  readonly type: string;
  readonly amount: number;
  readonly day: string;
  readonly payer: ModelPayer | null;
  readonly invoice: ModelInvoice | null;
  readonly reverses: ModelTransaction | null;
}

/** What an entry is about; a closing names the type under which it closes. */
export type EntryOf = 'charge' | 'receipt' | 'allocation' | 'closing' | 'queueing' | 'referral';

/** One change of the books: of what is owed on a line, of the credit of a payment, or of both. */
export interface ModelEntry {
  readonly transaction: ModelTransaction;
  readonly of: EntryOf;
  readonly day: string;
  readonly line: ModelLine | null;
  readonly owed: number;
  readonly payment: ModelTransaction | null;
  readonly credit: number;
  readonly closes: string | null;
}

const plain = { payer: null, invoice: null, reverses: null } as const;
const still = { line: null, owed: 0, payment: null, credit: 0, closes: null } as const;
const ever = '9999-12-31';

/** Why the model refuses a command, by the code with which the ledger must refuse it. */
export class ModelRefusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * The books of one account as anybody would keep them on paper: lists that only grow, and every figure a plain sum over
 * them. It knows nothing of the database, and says what the ledger must answer.
 */
export class ModelBooks {
  readonly invoices: ModelInvoice[] = [];
  readonly lines: ModelLine[] = [];
  readonly transactions: ModelTransaction[] = [];
  readonly entries: ModelEntry[] = [];

  constructor(readonly appliesCredit: boolean) {}

  /** Does all of some work or, where it is refused, nothing; answers the refusal's code. */
  attempt(work: () => void): string | null {
    const lists: unknown[][] = [this.invoices, this.lines, this.transactions, this.entries];
    const lengths = lists.map(({ length }) => length);
    try {
      work();
      return null;
    } catch (error) {
      if (!(error instanceof ModelRefusal)) throw error;
      lists.forEach((list, index) => list.splice(lengths[index] ?? 0));
      return error.code;
    }
  }

  add(given: Partial<ModelTransaction> & Pick<ModelTransaction, 'kind' | 'amount' | 'day'>): ModelTransaction {
    const transaction = { ...plain, type: given.kind, ...given };
    this.transactions.push(transaction);
    return transaction;
  }

  enter(transaction: ModelTransaction, of: EntryOf, change: Partial<ModelEntry>): void {
    const entry = { ...still, day: transaction.day, ...change, transaction, of };
    if (entry.owed !== 0 || entry.credit !== 0) this.entries.push(entry);
  }

  /** What is open of a line at the end of a day. */
  open(line: ModelLine, asOf = ever): number {
    return sum(this.entries, (each) => (each.line === line && each.day <= asOf ? each.owed : 0));
  }

  balance(asOf = ever): number {
    return sum(this.entries, (each) => (each.line?.payer === 'SELF' && each.day <= asOf ? each.owed : 0));
  }

  credit(asOf = ever): number {
    return sum(this.entries, (each) => (each.day <= asOf ? each.credit : 0));
  }

  /** What is left of a payment. */
  unspent(payment: ModelTransaction): number {
    return sum(this.entries, (each) => (each.payment === payment ? each.credit : 0));
  }

  /** Since when as much is left of a payment as now: the day on which it came, or was given back last. */
  unspentSince(payment: ModelTransaction): string {
    const given = this.entries.filter((each) => each.payment === payment && each.credit > 0).map(({ day }) => day);
    return [payment.day, ...given].reduce(later);
  }

  /** Open lines of a payer, oldest due first, then by date and number of the invoice. */
  openLines(payer: ModelPayer): ModelLine[] {
    return this.lines
      .filter((line) => line.payer === payer && this.open(line) > 0)
      .toSorted((a, b) => compare(orderOf(a), orderOf(b)) || this.lines.indexOf(a) - this.lines.indexOf(b));
  }

  /** Since when as much is open of a line as now. */
  openSince(line: ModelLine): string {
    const raised = this.entries.filter((each) => each.line === line && each.owed > 0).map(({ day }) => day);
    return [line.invoice.invoiceDate, ...raised].reduce(later);
  }

  /** What stands closed under a type on a line of Self. */
  closed(line: ModelLine, type: string): number {
    return -sum(this.entries, (each) => (each.line === line && each.closes === type ? each.owed : 0));
  }

  /** What of a line of Self stands referred after a write-off of that type. */
  referred(line: ModelLine, type: string): number {
    return sum(this.entries, ({ of, line: on, owed }) =>
      of === 'referral' && on?.ofSelf === line && on.openedBy?.type === type ? owed : 0,
    );
  }

  takenBack(transaction: ModelTransaction): boolean {
    return this.transactions.some(({ reverses }) => reverses === transaction);
  }
}

export function sum<T>(of: readonly T[], amount: (each: T) => number): number {
  return of.reduce((total, each) => total + amount(each), 0);
}

export function later(a: string, b: string): string {
  return a > b ? a : b;
}

function orderOf({ invoice }: ModelLine): string {
  return `${invoice.dueDate} ${invoice.invoiceDate} ${invoice.number}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
