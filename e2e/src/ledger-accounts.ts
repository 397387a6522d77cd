import type { Client } from './client.js';

/** An account with one invoice, as the ledger made it. */
export interface OwingAccount {
  readonly id: string;
  readonly number: string;
  readonly invoice: string;
}

/** An office for the accounts of a walk through the books. */
export async function makeOffice(administrator: Client, code: string): Promise<void> {
  await administrator.post('ledger', 'offices', { code, name: 'Clinic', currency: 'USD', timeZone: 'UTC' });
}

/** An account that owes one invoice of one line, in cents. */
export async function owingAccount(
  client: Client,
  officeCode: string,
  number: string,
  amount: number,
  contact: object = {},
): Promise<OwingAccount> {
  const { id } = await client.post<{ id: string }>('ledger', 'accounts', {
    officeCode,
    number,
    name: `Client ${number}`,
    ...contact,
  });
  const invoice = `${number}-I1`;
  await client.post('ledger', 'invoices', {
    accountId: id,
    number: invoice,
    invoiceDate: '2026-01-05',
    dueDate: '2026-02-04',
    lines: [{ serviceTypeCode: 'service', dateOfService: '2026-01-03', amount, description: 'Therapy session' }],
  });
  return { id, number, invoice };
}

interface Booked {
  readonly kind: string;
  readonly typeCode: string;
  readonly amount: number;
  readonly payerCode: string | null;
}

/** What was booked on an account, without dates. */
export async function bookedOn(books: Client, accountId: string): Promise<string[]> {
  const rows = await books.get<Booked[]>('ledger', 'transactions', { filter: { accountId } });
  return rows.map(({ kind, typeCode, amount, payerCode }) => [kind, typeCode, amount, payerCode].join(' ')).toSorted();
}
