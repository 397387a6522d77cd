import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, rows, run, sql, transaction } from '@recoup/service-kit';
import * as fc from 'fast-check';
import { registerOffice } from '../offices/edit-office.js';
import { agencies } from '../testing/bulk-chunks.js';
import { cutAfter, deliver, once, twice, type Delivery } from '../testing/deliveries.js';
import { sequenceOf, type TimedCommand } from '../testing/model-arbitraries.js';
import { ModelBooks } from '../testing/model-books.js';
import { applyToModel, daysBefore, type ModelCommand } from '../testing/model-commands.js';
import { openModelAccount, workOf, type ModelAccount } from '../testing/model-ledger.js';
import { refusedEvents, supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { toldBooks } from '../testing/told-books.js';
import { readBalance, type BalanceView } from './read-balance.js';

const offices = [
  { code: 'NYC', currency: 'USD', applyCredit: true },
  { code: 'MAD', currency: 'EUR', applyCredit: false },
] as const;
const begins = '2026-07-01';
type Office = (typeof offices)[number];
const office = fc.constantFrom(...offices);
/** A failure is told, shrunk as far as that time allows, before the test itself runs out of time. */
const limits = { interruptAfterTimeLimit: 80_000 };
const seed = Number(process.env['RECOUP_TEST_SEED'] ?? Date.now() % 2 ** 31);

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger(`${begins}T12:00:00.000Z`);
  for (const { code, ...more } of offices)
    await transaction(ledger.db(), (tx) =>
      registerOffice(tx, supervisor, { code, name: code, timeZone: 'UTC', locale: 'en-US', ...more }),
    );
  await agencies(ledger);
  await run(
    ledger.db(),
    sql`INSERT INTO transaction_types (code, name, plural, kind, custom_number)
        VALUES ('custom-write-off-2', 'Small', 'Small', 'write-off', 2)`,
  );
});
afterAll(() => ledger.stop());

/** An account of the ledger beside the model of it. */
interface Both {
  readonly account: ModelAccount;
  readonly books: ModelBooks;
}

async function opened({ code, applyCredit }: Office): Promise<Both> {
  ledger.clock.set(`${begins}T12:00:00.000Z`);
  return { account: await openModelAccount(ledger, code), books: new ModelBooks(applyCredit) };
}

const today = (): string => ledger.clock.today('UTC');

/** Does a command in the ledger and on the model; both must do it, or refuse it for the same reason. */
async function take({ account, books }: Both, command: ModelCommand, delivery: Delivery): Promise<boolean> {
  const work = await workOf(ledger, account, command);
  if (!work) return false;
  const expected = applyToModel(books, command, today());
  const { refusal, feeNumber } = await deliver(ledger, work, delivery);
  expect({ command, refusal }).toEqual({ command, refusal: expected });
  const invoice = books.invoices.at(-1);
  if (feeNumber !== null && invoice) invoice.number = feeNumber;
  return refusal === null;
}

async function takeAll(both: Both, sequence: readonly TimedCommand[], delivery: () => Delivery): Promise<number> {
  let done = 0;
  for (const { passed, command } of sequence) {
    ledger.clock.set(`${daysBefore(today(), -passed)}T12:00:00.000Z`);
    if (await take(both, command, delivery())) done += 1;
  }
  return done;
}

/** The account's figures, its bill lines and its transactions in the order in which they were made. */
async function figures({ id }: ModelAccount): Promise<unknown> {
  const { balance, credit } = (await row<{ balance: number; credit: number }>(
    ledger.db(),
    sql`SELECT balance, credit FROM accounts WHERE id = ${id}`,
  )) ?? { balance: -1, credit: -1 };
  const lines = await rows(
    ledger.db(),
    sql`SELECT y.code AS payer, b.amount, b.open_amount AS open FROM bill_lines b JOIN payers y ON y.id = b.payer_id
        WHERE b.account_id = ${id} ORDER BY b.id`,
  );
  const transactions = await rows(
    ledger.db(),
    sql`SELECT t.kind, t.type_code AS type, t.amount, t.effective_date AS day, y.code AS payer
        FROM transactions t LEFT JOIN payers y ON y.id = t.payer_id WHERE t.account_id = ${id} ORDER BY t.id`,
  );
  return { balance, credit, lines, transactions };
}

function modelFigures(books: ModelBooks): unknown {
  const lines = books.lines.map((line) => ({ payer: line.payer, amount: line.amount, open: books.open(line) }));
  const transactions = books.transactions.map(({ kind, type, amount, day, payer }) => ({
    kind,
    type,
    amount,
    day,
    payer,
  }));
  return { balance: books.balance(), credit: books.credit(), lines, transactions };
}

/** What moved each line and the credit on each day, added up from the postings one by one. */
async function plainSums({ id }: ModelAccount) {
  const postings = await rows<{ line: string | null; day: string; debit: string; credit: string; amount: number }>(
    ledger.db(),
    sql`SELECT bill_line_id AS line, effective_date AS day, debit, credit, amount FROM postings WHERE account_id = ${id}`,
  );
  const until = (asOf: string, change: (posting: (typeof postings)[number]) => number): number =>
    postings.reduce((total, each) => (each.day <= asOf ? total + change(each) : total), 0);
  const side = ({ debit, credit, amount }: (typeof postings)[number], is: (name: string) => boolean): number =>
    (is(debit) ? amount : 0) - (is(credit) ? amount : 0);
  return {
    days: [...new Set(postings.map(({ day }) => day))],
    balance: (asOf: string) => until(asOf, (each) => side(each, (name) => name === 'receivable:self')),
    credit: (asOf: string) => 0 - until(asOf, (each) => side(each, (name) => name === 'account-credit')),
    open: (line: string, asOf: string) =>
      until(asOf, (each) => (each.line === line ? side(each, (name) => name.startsWith('receivable:')) : 0)),
  };
}

function toldAsOf(of: 'account' | 'bill line', id: string, day: string): Promise<BalanceView> {
  return readBalance(ledger.db(), ledger.clock, supervisor, of, id, day);
}

/**
 * On every day on which anything moved, the postings come to what the model has, and neither a line nor the credit to less
 * than 0; on the days asked for, the service tells what the postings come to.
 */
async function compareAsOf({ account, books }: Both, days: readonly string[]): Promise<void> {
  const sums = await plainSums(account);
  const lines = await rows<{ id: string }>(
    ledger.db(),
    sql`SELECT id FROM bill_lines WHERE account_id = ${account.id} ORDER BY id`,
  );
  const open = (day: string): number[] => lines.map(({ id }) => sums.open(id, day));
  for (const day of sums.days) {
    const model = [books.balance(day), books.credit(day), ...books.lines.map((line) => books.open(line, day))];
    expect({ day, figures: [sums.balance(day), sums.credit(day), ...open(day)] }).toEqual({ day, figures: model });
    const below = [sums.credit(day), ...open(day)].filter((each) => each < 0);
    expect({ day, below }).toEqual({ day, below: [] });
  }
  for (const day of days) {
    const { balance, credit } = await toldAsOf('account', account.id, day);
    const told = await Promise.all(lines.map(({ id }) => toldAsOf('bill line', id, day)));
    const figuresOf = [balance, credit, ...told.map((each) => each.balance)];
    expect({ day, figures: figuresOf }).toEqual({ day, figures: [sums.balance(day), sums.credit(day), ...open(day)] });
  }
}

/** Reverses all that can be, from the last to the first; what was taken back before stays so. */
async function unwind(both: Both): Promise<void> {
  for (let which = both.books.transactions.length - 1; which >= 0; which -= 1)
    await take(both, { of: 'reverse', which }, once);
}

/** What is rare by chance: money of a day before the one on which what it pays was opened again. */
const reopened: TimedCommand[] = [
  { passed: 0, command: { of: 'invoice', amounts: [1_000], back: 5, dueIn: 0 } },
  { passed: 0, command: { ...paymentOf(400), back: 5 } },
  { passed: 2, command: { of: 'reverse', which: 1 } },
  { passed: 0, command: { ...paymentOf(300), back: 3 } },
];

/** Nor is credit by chance given back and taken by an invoice of a day before that. */
const givenBack: TimedCommand[] = [
  { passed: 0, command: { ...paymentOf(300), back: 9 } },
  { passed: 0, command: { of: 'invoice', amounts: [1_000], back: 5, dueIn: 0 } },
  { passed: 2, command: { of: 'reverse', which: 1 } },
  { passed: 0, command: { of: 'invoice', amounts: [400], back: 6, dueIn: 0 } },
];

function paymentOf(amount: number) {
  return { of: 'payment', amount, payer: 'SELF', byHand: [], writeOffs: [] } as const;
}

describe(`any sequence of commands (seed ${seed})`, () => {
  it('leaves the figures of a model that knows no database, as of any day', async () => {
    let done = 0;
    const daysBack = fc.array(fc.nat({ max: 30 }), { minLength: 2, maxLength: 2 });
    const examples = [reopened, givenBack].map((each): [Office, TimedCommand[], number[]] => [
      offices[0],
      each,
      [2, 3],
    ]);
    await fc.assert(
      fc.asyncProperty(office, sequenceOf(24), daysBack, async (at, sequence, back) => {
        const both = await opened(at);
        done += await takeAll(both, sequence, () => once);
        expect(await figures(both.account)).toEqual(modelFigures(both.books));
        await compareAsOf(both, [today(), ...back.map((days) => daysBefore(today(), days))]);
      }),
      { numRuns: 40, seed, ...limits, examples },
    );
    expect(done).toBeGreaterThan(50);
    expect(await ledger.violations()).toEqual([]);
    expect(await refusedEvents(ledger.db())).toEqual([]);
  }, 120_000);

  it('reversed from the last to the first leaves nothing', async () => {
    await fc.assert(
      fc.asyncProperty(office, sequenceOf(16), async (at, sequence) => {
        const both = await opened(at);
        await takeAll(both, sequence, () => once);
        await unwind(both);
        expect(await figures(both.account)).toEqual(modelFigures(both.books));
        const { books } = both;
        const left = books.lines.map((line) => books.open(line));
        expect([books.balance(), books.credit(), ...left].filter((figure) => figure !== 0)).toEqual([]);
      }),
      { numRuns: 20, seed, ...limits },
    );
    expect(await ledger.violations()).toEqual([]);
  }, 120_000);

  it('gives the same books when each command comes twice, or is cut off anywhere and repeated', async () => {
    await fc.assert(
      fc.asyncProperty(office, sequenceOf(14), fc.infiniteStream(fc.nat({ max: 40 })), async (at, sequence, cuts) => {
        const [plain, doubled, cut] = [await opened(at), await opened(at), await opened(at)];
        await takeAll(plain, sequence, () => once);
        const expected = await toldBooks(ledger, plain.account.id);
        ledger.clock.set(`${begins}T12:00:00.000Z`);
        await takeAll(doubled, sequence, () => twice);
        expect(await toldBooks(ledger, doubled.account.id)).toEqual(expected);
        ledger.clock.set(`${begins}T12:00:00.000Z`);
        await takeAll(cut, sequence, () => cutAfter(cuts.next().value));
        expect(await toldBooks(ledger, cut.account.id)).toEqual(expected);
      }),
      { numRuns: 15, seed, ...limits },
    );
    expect(await ledger.violations()).toEqual([]);
  }, 120_000);
});
