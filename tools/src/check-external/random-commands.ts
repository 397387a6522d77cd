import type { Random } from '@recoup/service-kit/testing/random';
import type { LedgerClient } from './client.js';

interface Account {
  readonly id: string;
  readonly currency: string;
}

const customType = 'custom-write-off-1';
const oldest = Date.parse('2012-01-01');

/** Adds what the published data lacks: other currencies, an insurer, an agency and a custom write-off. */
export async function prepareBooks(admin: LedgerClient, supervisor: LedgerClient, accounts: number): Promise<void> {
  for (const [code, currency] of [
    ['MAD', 'EUR'],
    ['TYO', 'JPY'],
    ['KWI', 'KWD'],
  ] as const) {
    await admin.send('POST', 'offices', { code, name: code, currency, timeZone: 'UTC' });
    for (let n = 1; n <= accounts; n += 1) {
      const account = { officeCode: code, number: `${code}: ${n}  (a)`, name: `Account ${n}` };
      await supervisor.send('POST', 'accounts', account);
    }
  }
  const skips = { skipGroupNumberCheck: true, skipPolicyIdCheck: true };
  await admin.send('POST', 'payers', { code: 'AGENCY', name: 'Agency', type: 'generic', ...skips });
  await admin.send('POST', 'payers', { code: 'INSURER', name: 'Insurer', type: 'insurer', ...skips });
  await admin.send('PUT', 'write-off-settings', { inUse: 1, writeOffs: [{ name: 'Agency', plural: 'Agencies' }] });
}

/** Lets the insurer and the agency be given what accounts owe. */
export async function assignPayers(client: LedgerClient, accounts: readonly Account[]): Promise<void> {
  for (const { id: accountId } of accounts)
    for (const payerCode of ['AGENCY', 'INSURER']) await client.attempt('account-payers', { accountId, payerCode });
}

let numbered = 0;

/** Does so many commands of every kind on a few accounts, dated up to today; answers how many of them the books took. */
export async function randomCommands(
  client: LedgerClient,
  random: Random,
  accounts: readonly Account[],
  { count, today }: { readonly count: number; readonly today: string },
): Promise<number> {
  let taken = 0;
  for (let n = 0; n < count; n += 1) {
    const account = pick(random, accounts);
    if (account && (await command(client, random, account, today))) taken += 1;
  }
  return taken;
}

async function command(
  client: LedgerClient,
  random: Random,
  { id: accountId, currency }: Account,
  today: string,
): Promise<boolean> {
  numbered += 1;
  const n = numbered;
  const amount = 1 + Math.floor(random() * 20_000);
  const day = new Date(oldest + random() * (Date.parse(today) - oldest)).toISOString().slice(0, 10);
  const line = async (): Promise<string | undefined> =>
    pick(random, await client.all<{ id: string }>('bill-lines', { accountId }))?.id;
  const booked = async (kind: string): Promise<string | undefined> =>
    pick(random, await client.all<{ id: string }>('transactions', { accountId, kind }))?.id;
  const payment = { accountId, amount, currency, effectiveDate: day };
  const kinds = ['payment', 'write-off', 'adjustment', 'queueing', 'recall', 'invoice'] as const;
  const commands: readonly (() => Promise<boolean>)[] = [
    () => client.attempt('invoices', invoice(accountId, n, amount * 2, day)),
    () => client.attempt('invoices', invoice(accountId, n, amount, day)),
    () => client.attempt('payments', payment),
    () =>
      client.attempt('payments', {
        ...payment,
        amount: 1 + (amount % 900),
        payerCode: 'AGENCY',
        effectiveDate: today,
      }),
    () =>
      client.attempt('payments', {
        ...payment,
        amount: 1 + (amount % 900),
        payerCode: 'INSURER',
        effectiveDate: today,
      }),
    () => client.attempt('write-offs', { accountId, amount: 1 + (amount % 3_000), effectiveDate: day }),
    () => client.attempt('adjustments', { accountId, amount: 1 + (amount % 2_000), effectiveDate: day }),
    async () => attemptOn(client, 'bill-lines', await line(), 'queue', { payerCode: 'INSURER' }),
    async () => attemptOn(client, 'bill-lines', await line(), 'queue', { payerCode: 'SELF' }),
    () => client.attempt('agency-referrals', { accountId, payerCode: 'AGENCY', transactionTypeCode: customType }),
    () => client.attempt('agency-referrals/recall', { accountId, payerCode: 'AGENCY' }),
    async () => attemptOn(client, 'payments', await booked('payment'), 'return', { effectiveDate: today }),
    async () =>
      attemptOn(client, 'transactions', await booked(pick(random, kinds) ?? 'payment'), 'reverse', { reason: 'x' }),
  ];
  return (await pick(random, commands)?.()) ?? false;
}

/** Nothing is asked of what isn't there. */
async function attemptOn(
  client: LedgerClient,
  resource: string,
  id: string | undefined,
  verb: string,
  body: object,
): Promise<boolean> {
  return id !== undefined && client.attempt(`${resource}/${id}/${verb}`, body);
}

function invoice(accountId: string, n: number, amount: number, day: string): object {
  const lines = [{ serviceTypeCode: 'service', dateOfService: day, amount }];
  return { accountId, number: `X${n}`, invoiceDate: day, dueDate: day, lines };
}

export function pick<T>(random: Random, of: readonly T[]): T | undefined {
  return of[Math.floor(random() * of.length)];
}
