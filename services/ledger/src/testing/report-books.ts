import { rows, sql } from '@recoup/service-kit';
import type { Response } from 'supertest';
import { day, ledgerOverHttp, type LedgerOverHttp } from './ledger-over-http.js';

/**
 * Books that reports are read from. Ann of New York has an invoice of 500.00, of which 120.00 is paid, 30.00 returned later,
 * 80.00 written off; Rosa of Rome paid 100.00 before her invoice of 70.00.
 */
export interface ReportBooks {
  readonly ledger: LedgerOverHttp;
  /** Ann's account. */
  readonly account: string;
  /** The day so many days from today. */
  on(offset: number): string;
  /** The body of a report with that filter. */
  get(path: string, filter: object, more?: object, status?: number): Promise<Response['body']>;
  file(path: string, query: object): Promise<Response>;
  rowsOf(query: string): Promise<object[]>;
  invoice(accountId: string, number: string, amount: number, invoiceDate: string): Promise<void>;
}

export async function reportBooks(): Promise<ReportBooks> {
  const ledger = await ledgerOverHttp();
  const on = (offset: number): string => day(ledger.service, offset);
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'NYC', name: 'New York', currency: 'USD', timeZone: 'UTC' });
  await admin.post('offices', { code: 'ROM', name: '=Rome', currency: 'EUR', timeZone: 'UTC', applyCredit: false });
  const account: string = (await ledger.post('accounts', { officeCode: 'NYC', number: 'A-1', name: 'Ann Smith' })).body
    .id;
  const roman: string = (await ledger.post('accounts', { officeCode: 'ROM', number: 'R-1', name: 'Rosa Rossi' })).body
    .id;
  const invoice = async (accountId: string, number: string, amount: number, invoiceDate: string): Promise<void> => {
    const lines = [{ serviceTypeCode: 'service', dateOfService: invoiceDate, amount }];
    await ledger.post('invoices', { accountId, number, invoiceDate, dueDate: invoiceDate, lines });
  };
  const pay = async (accountId: string, currency: string, amount: number, effectiveDate: string): Promise<string> =>
    (await ledger.post('payments', { accountId, amount, currency, effectiveDate })).body.id;
  await invoice(account, 'I-1', 50_000, on(-40));
  await invoice(roman, 'I-1', 7_000, on(-9));
  await pay(account, 'USD', 9_000, on(-35));
  const returned = await pay(account, 'USD', 3_000, on(-30));
  await ledger.post('write-offs', { accountId: account, amount: 8_000, effectiveDate: on(-20) });
  await ledger.post(`payments/${returned}/return`, { effectiveDate: on(-10) });
  await pay(roman, 'EUR', 10_000, on(-12));
  return {
    ledger,
    account,
    on,
    get: async (path, filter, more = {}, status = 200) =>
      (await ledger.get(path, status, { filter: JSON.stringify(filter), ...more })).body,
    file: (path, query) => ledger.get(path, 200, query),
    rowsOf: (query) => rows(ledger.db(), sql.raw(query)),
    invoice,
  };
}
