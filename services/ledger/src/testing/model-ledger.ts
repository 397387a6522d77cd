import { row, rows, sql, transaction, type Db } from '@recoup/service-kit';
import { assignPayer } from '../account-payers/assign-payer.js';
import { adjust } from '../adjustments/adjust.js';
import { issueInvoice } from '../invoices/issue-invoice.js';
import { recordPayment } from '../payments/record-payment.js';
import { returnPayment } from '../payments/return-payment.js';
import { queueLines } from '../queueing/queue-lines.js';
import { recallFromAgency } from '../referrals/recall-from-agency.js';
import { referToAgency } from '../referrals/refer-to-agency.js';
import { reverseTransaction } from '../reversals/reverse-transaction.js';
import { writeOff } from '../write-offs/write-off.js';
import { daysBefore, type ModelCommand, type ModelPart } from './model-commands.js';
import { picked, type ModelTarget } from './model-closings.js';
import { supervisor, type TestLedger } from './test-ledger.js';

/** An account of the ledger on which the commands of the model are done. */
export interface ModelAccount {
  readonly id: string;
  readonly currency: string;
}

/** Lines, invoices and transactions of an account in the order in which they were made. */
interface Places {
  readonly lines: readonly string[];
  readonly invoices: readonly string[];
  readonly transactions: readonly string[];
  readonly payments: readonly string[];
}

/** A command ready to be done in a transaction. */
export type Work = (tx: Db) => Promise<{ readonly id: string; readonly nsfFee?: { readonly number: string } | null }>;

let drawn = 0;

/** A new account with an insurer and an agency assigned. */
export async function openModelAccount(ledger: TestLedger, officeCode: string): Promise<ModelAccount> {
  drawn += 1;
  const account = await row<ModelAccount>(
    ledger.db(),
    sql`INSERT INTO accounts (office_id, number, name, currency)
        SELECT id, ${`M${drawn}`}, 'x', currency FROM offices WHERE code = ${officeCode} RETURNING id, currency`,
  );
  if (!account) throw new Error(`There is no office ${officeCode}`);
  for (const payerCode of ['INS', 'SPRNT']) {
    const assignment = { accountId: account.id, payerCode, groupNumber: null, policyId: null };
    await transaction(ledger.db(), (tx) => assignPayer(tx, ledger.clock, supervisor, assignment));
  }
  return account;
}

async function placesOf(db: Db, accountId: string): Promise<Places> {
  const found = await rows<{ of: keyof Places; id: string }>(
    db,
    sql`SELECT 'lines' AS of, id FROM bill_lines WHERE account_id = ${accountId}
        UNION ALL SELECT 'invoices', id FROM invoices WHERE account_id = ${accountId}
        UNION ALL SELECT 'transactions', id FROM transactions WHERE account_id = ${accountId}
        UNION ALL SELECT 'payments', id FROM transactions WHERE account_id = ${accountId} AND kind = 'payment' ORDER BY id`,
  );
  const ids = (which: keyof Places): string[] => found.filter(({ of }) => of === which).map(({ id }) => id);
  return {
    lines: ids('lines'),
    invoices: ids('invoices'),
    transactions: ids('transactions'),
    payments: ids('payments'),
  };
}

/** The command as the ledger does it. What names nothing that is there is not asked for. */
export async function workOf(
  ledger: TestLedger,
  { id, currency }: ModelAccount,
  command: ModelCommand,
): Promise<Work | null> {
  const { clock } = ledger;
  const places = await placesOf(ledger.db(), id);
  const day = (back: number): string => daysBefore(clock.today('UTC'), back);
  const targetOf = ({ of, which }: ModelTarget): { accountId?: string; invoiceId?: string; billLineId?: string } => {
    if (of === 'account') return { accountId: id };
    return of === 'invoice' ? { invoiceId: picked(places.invoices, which) ?? '' } : { billLineId: lineOf(which) };
  };
  const lineOf = (which: number): string => picked(places.lines, which) ?? '';
  const parts = (of: readonly ModelPart[]) =>
    of.map(({ line, amount, type }) => ({ billLineId: lineOf(line), amount, transactionTypeCode: type }));
  if (namesNothing(places, command)) return null;
  switch (command.of) {
    case 'invoice': {
      const invoiceDate = day(command.back);
      const dates = { invoiceDate, dueDate: daysBefore(invoiceDate, -command.dueIn) };
      const lines = command.amounts.map((amount) => ({
        serviceTypeCode: 'service',
        dateOfService: invoiceDate,
        amount,
      }));
      const number = `M${String(places.invoices.length).padStart(4, '0')}-${id}`;
      return (tx) => issueInvoice(tx, clock, supervisor, { accountId: id, number, ...dates, lines });
    }
    case 'payment': {
      const { amount, payer: payerCode, byHand } = command;
      const allocations = parts(byHand).map(({ billLineId, amount: part }) => ({ billLineId, amount: part }));
      const given = { accountId: id, amount, currency, payerCode, effectiveDate: day(command.back) };
      const window = command.writeOffs.length > 0 ? { writeOffs: parts(command.writeOffs) } : {};
      const byWhom = allocations.length > 0 ? { allocations } : {};
      return (tx) => recordPayment(tx, clock, supervisor, { ...given, ...byWhom, ...window });
    }
    case 'return': {
      const fee = command.fee > 0 ? { nsfFee: { amount: command.fee, serviceTypeCode: 'nsf-fee' } } : {};
      const payment = picked(places.payments, command.which) ?? '';
      return (tx) => returnPayment(tx, clock, supervisor, payment, { effectiveDate: day(command.back), ...fee });
    }
    case 'reverse': {
      const original = picked(places.transactions, command.which) ?? '';
      return (tx) => reverseTransaction(tx, clock, supervisor, original, { reason: 'a mistake' });
    }
    case 'write-off':
    case 'adjustment': {
      const amount = command.amount > 0 ? { amount: command.amount } : {};
      const given = { ...targetOf(command.target), ...amount, effectiveDate: day(command.back) };
      const close = command.of === 'write-off' ? writeOff : adjust;
      return (tx) => close(tx, clock, supervisor, { ...given, transactionTypeCode: command.type });
    }
    case 'queue': {
      const given = {
        billLineIds: [lineOf(command.line)],
        payerCode: command.payer,
        responsibilityDate: day(command.back),
      };
      return (tx) => queueLines(tx, clock, supervisor, given);
    }
    case 'refer': {
      const given = { ...targetOf(command.target), payerCode: 'SPRNT', transactionTypeCode: command.type };
      return (tx) => referToAgency(tx, clock, supervisor, given);
    }
    case 'recall':
      return (tx) => recallFromAgency(tx, clock, supervisor, { ...targetOf(command.target), payerCode: 'SPRNT' });
  }
}

function namesNothing({ lines, payments, transactions }: Places, command: ModelCommand): boolean {
  switch (command.of) {
    case 'invoice':
      return false;
    case 'payment':
      return lines.length === 0 && command.byHand.length + command.writeOffs.length > 0;
    case 'return':
      return payments.length === 0;
    case 'reverse':
      return transactions.length === 0;
    default:
      return lines.length === 0;
  }
}
