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

/** Gives a transaction type another name, as an administrator may; its plural stays. */
export async function renameType(administrator: Client, code: string, name: string): Promise<void> {
  const types = await administrator.get<{ id: string; code: string; plural: string }[]>('ledger', 'transaction-types');
  const type = types.find((each) => each.code === code);
  if (!type) throw new Error(`There is no transaction type ${code}`);
  const body = { name, plural: type.plural };
  const { status } = await administrator.request('ledger', 'PUT', `transaction-types/${type.id}`, body);
  if (status !== 200) throw new Error(`The transaction type ${code} was not renamed: ${status}`);
}
