import { day, type LedgerOverHttp } from './ledger-over-http.js';

/** What stories about the books begin with, over HTTP: an office in dollars, accounts and invoices of it. */
export interface BooksOverHttp {
  /** Opens an account; answers its id. */
  account(more?: object): Promise<string>;
  /** Issues an invoice of one line, dated 60 days ago and due in so many days; answers its id. */
  invoice(accountId: string, amount: number, dueIn: number, more?: object): Promise<string>;
  /** Records a payment of five days ago; answers the transaction. */
  pay(accountId: string, amount: number, more?: object): Promise<{ id: string }>;
  /** Balance and credit of an account. */
  figures(accountId: string): Promise<[number, number]>;
  open(invoiceId: string): Promise<number>;
  /** The bill lines of an invoice, those of Self first. */
  lines(invoiceId: string): Promise<{ id: string; serviceLineId: string; payerCode: string; openAmount: number }[]>;
}

export async function booksOverHttp(ledger: LedgerOverHttp): Promise<BooksOverHttp> {
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'UTC', name: 'Office', currency: 'USD', timeZone: 'UTC' });
  const on = (offset: number): string => day(ledger.service, offset);
  let count = 0;
  const next = (letter: string): string => {
    count += 1;
    return `${letter}${count}`;
  };
  return {
    account: async (more = {}) =>
      (await ledger.post('accounts', { officeCode: 'UTC', number: next('A'), name: 'Ann Smith', ...more })).body.id,
    invoice: async (accountId, amount, dueIn, more = {}) => {
      const lines = [{ serviceTypeCode: 'service', dateOfService: on(-60), amount }];
      const body = { accountId, number: next('I'), invoiceDate: on(-60), dueDate: on(dueIn), lines, ...more };
      return (await ledger.post('invoices', body)).body.id;
    },
    pay: async (accountId, amount, more = {}) =>
      (await ledger.post('payments', { accountId, amount, currency: 'USD', effectiveDate: on(-5), ...more })).body,
    figures: async (accountId) => {
      const { balance, credit } = (await ledger.get(`accounts/${accountId}`)).body;
      return [balance, credit];
    },
    open: async (invoiceId) => (await ledger.get(`invoices/${invoiceId}`)).body.openAmount,
    lines: async (invoiceId) => {
      const filter = JSON.stringify({ invoiceId });
      return (await ledger.get('bill-lines', 200, { filter, sort: '["responsibilityDate","ASC"]' })).body;
    },
  };
}
