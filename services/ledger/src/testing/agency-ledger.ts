import { rows, run, sql } from '@recoup/service-kit';
import { day, ledgerOverHttp, type LedgerOverHttp } from './ledger-over-http.js';
import { outboxOf } from './test-ledger.js';

/** Helpers of agencyLedger, as an administrator made the books and a supervisor works on them. */
export type AgencyLedger = Awaited<ReturnType<typeof agencyLedger>>;

/**
 * A ledger with offices in USD and EUR, two agencies whose rules skip both checks, an insurer whose rules skip none, and
 * two custom write-offs in use.
 */
export async function agencyLedger() {
  const ledger = await ledgerOverHttp();
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'UTC', name: 'Office', currency: 'USD', timeZone: 'UTC' });
  await admin.post('offices', { code: 'EU', name: 'Europe', currency: 'EUR', timeZone: 'UTC' });
  const rules = { type: 'generic', skipGroupNumberCheck: true, skipPolicyIdCheck: true };
  await admin.post('payers', { code: 'AGENCY', name: 'Collections Agency', ...rules });
  await admin.post('payers', { code: 'OTHER', name: 'Other Agency', ...rules });
  await admin.post('payers', { code: 'INSURER', name: 'Insurer', type: 'insurer' });
  const names = [
    { name: 'Collection Agency', plural: 'Collection Agency' },
    { name: 'Small', plural: 'Smalls' },
  ];
  await admin.put('write-off-settings', { inUse: 2, writeOffs: names });
  return { ...ledger, admin, ...books(ledger), ...work(ledger) };
}

interface Opened {
  readonly id: string;
  readonly openedBy: string | null;
}

let count = 0;

function books(ledger: LedgerOverHttp) {
  const on = (offset: number): string => day(ledger.service, offset);
  return {
    /** A business date, days from today. */
    on,
    /** A new account's id. */
    account: async (officeCode = 'UTC'): Promise<string> => {
      count += 1;
      return (await ledger.post('accounts', { officeCode, number: `A${count}`, name: 'Ann Smith' })).body.id;
    },
    /** A new invoice's id, of 60 days ago and due 30 days ago, with a line for each amount. */
    invoice: async (accountId: string, ...amounts: number[]): Promise<string> => {
      count += 1;
      const lines = amounts.map((amount) => ({ serviceTypeCode: 'service', dateOfService: on(-60), amount }));
      const dates = { invoiceDate: on(-60), dueDate: on(-30) };
      return (await ledger.post('invoices', { accountId, number: `I${count}`, ...dates, lines })).body.id;
    },
    /** Bill lines of an invoice: those of Self from the smallest on, then the others in the order in which they were opened. */
    lines: async (invoiceId: string) => {
      const query = { filter: JSON.stringify({ invoiceId }), range: '[0,999]', sort: '["amount","ASC"]' };
      const { body } = await ledger.get('bill-lines', 200, query);
      const opened = body.filter(({ openedBy }: Opened) => openedBy !== null);
      const inOrder = opened.toSorted((one: Opened, other: Opened) => (one.id < other.id ? -1 : 1));
      return [...body.filter(({ openedBy }: Opened) => openedBy === null), ...inOrder];
    },
    /** What the account itself owes, and its credit. */
    figures: async (accountId: string): Promise<[number, number]> => {
      const { balance, credit } = (await ledger.get(`accounts/${accountId}`)).body;
      return [balance, credit];
    },
    /** What the ledger told of an account, in order. */
    events: async (accountId: string) =>
      (await outboxOf(ledger.db())).filter(
        ({ subject, type }) => subject === accountId && type.startsWith('recoup.ledger.'),
      ),
    /** As a freeze or a closing would leave it. */
    setStatus: (accountId: string, status: string) =>
      run(ledger.db(), sql`UPDATE accounts SET status = ${status} WHERE id = ${accountId}`),
    /** What a payer owes today in USD. */
    outstanding: async (payerCode: string): Promise<number> => {
      const [payer] = (await ledger.get('payers', 200, { filter: JSON.stringify({ code: payerCode }) })).body;
      const { body } = await ledger.get(`payers/${payer.id}/balance`);
      return body.find(({ currency }: { currency: string }) => currency === 'USD')?.balance ?? 0;
    },
    /** What was booked on an account by ledger accounts, without ids. */
    postings: (accountId: string) =>
      rows(
        ledger.db(),
        sql`SELECT t.kind, t.type_code AS type, t.amount AS of, t.payment_id IS NOT NULL AS in_window, r.code AS payer,
                   t.effective_date::text AS day, (t.bill_line_id IS NOT NULL) AS one_line, (t.invoice_id IS NOT NULL) AS one_invoice,
                   p.debit, p.credit, p.amount, p.effective_date::text AS takes_effect, y.code AS owed_by, b.amount AS line, b.open_amount AS open
            FROM transactions t LEFT JOIN payers r ON r.id = t.payer_id LEFT JOIN postings p ON p.transaction_id = t.id
            LEFT JOIN bill_lines b ON b.id = p.bill_line_id LEFT JOIN payers y ON y.id = b.payer_id
            WHERE t.account_id = ${accountId} ORDER BY t.recorded_at, t.id, p.id`,
      ),
  };
}

function work(ledger: LedgerOverHttp) {
  const booked = async (path: string, body: object, status = 201) => (await ledger.post(path, body, status)).body;
  return {
    assign: (accountId: string, payerCode: string, more: object = {}, status = 201) =>
      booked('account-payers', { accountId, payerCode, ...more }, status),
    queue: (billLineId: string, payerCode: string, more: object = {}, status = 201) =>
      booked(`bill-lines/${billLineId}/queue`, { payerCode, ...more }, status),
    pay: (accountId: string, amount: number, more: object = {}, status = 201) =>
      booked('payments', { accountId, amount, currency: 'USD', effectiveDate: day(ledger.service), ...more }, status),
    refer: (target: object, more: object = {}, status = 201) =>
      booked(
        'agency-referrals',
        { payerCode: 'AGENCY', transactionTypeCode: 'custom-write-off-1', ...target, ...more },
        status,
      ),
    recall: (target: object, more: object = {}, status = 201) =>
      booked('agency-referrals/recall', { payerCode: 'AGENCY', ...target, ...more }, status),
    payerInvoice: (accountId: string, payerCode: string, more: object = {}, status = 201) =>
      booked('payer-invoices', { accountId, payerCode, ...more }, status),
  };
}
