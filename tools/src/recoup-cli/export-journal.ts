import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatAmount } from '@recoup/contracts';
import type { Client } from 'pg';
import { openAsReader } from './open-as-reader.js';

/** A posting as the journal needs it; `amount` in minor units, as PostgreSQL's driver gives a bigint. */
interface JournalPosting {
  readonly transaction_id: string;
  readonly day: string;
  readonly kind: string;
  readonly type_code: string;
  readonly currency: string;
  readonly office: string;
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: string;
}

export interface JournalCounts {
  transactions: number;
  postings: number;
}

const fetchedRows = 5000;

/**
 * Writes all books as a plain-text journal which hledger and ledger read: what a transaction books on a day is an entry of
 * that effective date, accounts are named by ledger account, office and account number, and commodities are currencies.
 * It is read through a cursor in one snapshot, so that nothing is held whole and nothing booked meanwhile is in it.
 */
export async function exportJournal(file: string): Promise<JournalCounts> {
  const client = await openAsReader('ledger');
  const counts: JournalCounts = { transactions: 0, postings: 0 };
  try {
    await pipeline(Readable.from(journal(client, counts)), createWriteStream(file));
    return counts;
  } finally {
    await client.end();
  }
}

async function* journal(client: Client, counts: JournalCounts): AsyncGenerator<string> {
  let last = '';
  for await (const batch of batches(client)) {
    let text = '';
    for (const posting of batch) {
      const entry = `${posting.day} (${posting.transaction_id})`;
      if (entry !== last) {
        text += `\n${entry} ${posting.kind === posting.type_code ? posting.kind : `${posting.kind} ${posting.type_code}`}\n`;
        counts.transactions += 1;
      }
      last = entry;
      text += linesOf(posting);
      counts.postings += 1;
    }
    yield text;
  }
}

async function* batches(client: Client): AsyncGenerator<readonly JournalPosting[]> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    await client.query(`
      DECLARE journal CURSOR FOR
      SELECT p.transaction_id, p.effective_date::text AS day, t.kind, t.type_code, t.currency, o.code AS office, a.number AS account,
             p.debit, p.credit, p.amount
      FROM postings p
      JOIN transactions t ON t.id = p.transaction_id
      JOIN accounts a ON a.id = p.account_id
      JOIN offices o ON o.id = a.office_id
      ORDER BY p.effective_date, p.transaction_id, p.id`);
    for (;;) {
      const { rows } = await client.query<JournalPosting>(`FETCH ${fetchedRows} FROM journal`);
      yield rows;
      if (rows.length < fetchedRows) return;
    }
  } finally {
    await client.query('ROLLBACK');
  }
}

/** A posting is two lines of the journal: what it debits and what it credits. */
function linesOf({ debit, credit, office, account, amount, currency }: JournalPosting): string {
  const of = (side: string, minorUnits: number): string =>
    `    ${journalAccount(side, office, account)}  ${formatAmount(minorUnits, currency)} ${currency}\n`;
  return of(debit, Number(amount)) + of(credit, -Number(amount));
}

/** An account's name in the journal. What separates there, such as a colon or two blanks, stands as its code. */
export function journalAccount(ledgerAccount: string, officeCode: string, accountNumber: string): string {
  return [ledgerAccount, plainPart(officeCode), plainPart(accountNumber)].join(':');
}

function plainPart(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}_.-]/gu, (sign) => `%${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
}
