import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageData } from '@recoup/contracts';
import { row, rows, sql, transaction, type ReceivedMessage } from '@recoup/service-kit';
import { recordPayment } from '../payments/record-payment.js';
import { refusedEvents, supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { CommandsBus } from '../bulk-commands/commands.bus.js';

type Command = 'recoup.ledger.issue-invoices.v1';
type Invoice = MessageData<Command>['invoices'][number];

let ledger: TestLedger;
let bus: CommandsBus;

beforeAll(async () => {
  ledger = await testLedger();
  bus = new CommandsBus(ledger.clock);
  await ledger.importFile(
    'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate\nNYC,A1,1,2026-01-01,2026-02-01,100.00,\nNYC,A2,2,2026-01-01,2026-02-01,5.00,\nMAD,B1,3,2026-01-01,2026-02-01,30.00,\n',
  );
});
afterAll(() => ledger.stop());

function invoice(number: string, more: Partial<Invoice> = {}): Invoice {
  return {
    officeCode: 'NYC',
    accountNumber: 'A1',
    number,
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    currency: 'USD',
    lines: [
      { serviceTypeCode: 'service', dateOfService: '2026-11-19', amount: 1500 },
      { serviceTypeCode: 'late-fee', dateOfService: '2026-11-20', amount: 500 },
    ],
    ...more,
  };
}

async function send(
  invoices: Invoice[],
  more: Partial<MessageData<Command>> = {},
): Promise<MessageData<'recoup.ledger.invoices-issued.v1'>> {
  const data = {
    actionId: randomUUID(),
    chunk: 0,
    actor: 'billing',
    approver: null,
    offices: ['*'],
    invoices,
    ...more,
  };
  const message: ReceivedMessage<Command> = {
    type: 'recoup.ledger.issue-invoices.v1',
    topic: 'recoup.ledger.commands',
    aggregateId: '',
    sequence: undefined,
    correlationId: 'c',
    messageId: 'm',
    time: '',
    data,
    raw: { topic: '', partition: 0, offset: 0, key: '', headers: {}, value: null },
  };
  await transaction(ledger.db(), (tx) => bus.execute({ tx, messages: [message] }));
  const answer = await row<{ data: MessageData<'recoup.ledger.invoices-issued.v1'> }>(
    ledger.db(),
    sql`SELECT data FROM outbox WHERE type = 'recoup.ledger.invoices-issued.v1' AND key = ${`${data.actionId}:0`} ORDER BY id DESC LIMIT 1`,
  );
  if (!answer) throw new Error('There is no answer');
  return answer.data;
}

describe('invoices of another system', () => {
  it('are issued, several to an account, and take the account’s credit at once', async () => {
    const account = await row<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts WHERE number = 'A2'`);
    await transaction(ledger.db(), (tx) =>
      recordPayment(tx, ledger.clock, supervisor, {
        accountId: account?.id ?? '',
        amount: 2500,
        currency: 'USD',
        effectiveDate: '2026-11-01',
      }),
    );
    const { actionId, invoices } = await send([invoice('N1'), invoice('N2'), invoice('N3', { accountNumber: 'A2' })]);
    const booked = sql`SELECT count(*) AS of FROM transactions WHERE command_id = ${`invoices:${actionId}:0`}`;
    expect(await row(ledger.db(), booked)).toEqual({ of: 4 });
    expect(invoices.map(({ number, status, reason }) => [number, status, reason])).toEqual([
      ['N1', 'done', null],
      ['N2', 'done', null],
      ['N3', 'done', null],
    ]);
    const found = await rows(
      ledger.db(),
      sql`SELECT number, total, open_amount FROM invoices WHERE number LIKE 'N%' ORDER BY number`,
    );
    expect(found).toEqual([
      { number: 'N1', total: 2000, open_amount: 2000 },
      { number: 'N2', total: 2000, open_amount: 2000 },
      { number: 'N3', total: 2000, open_amount: 0 },
    ]);
    expect(await ledger.violations()).toEqual([]);
    expect(await refusedEvents(ledger.db())).toEqual([]);
  });

  it('let credit that is not enough pay the first line first', async () => {
    const account = await row<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts WHERE number = 'A2'`);
    const payment = { accountId: account?.id ?? '', amount: 600, currency: 'USD', effectiveDate: '2026-11-02' };
    await transaction(ledger.db(), (tx) => recordPayment(tx, ledger.clock, supervisor, payment));
    await send([invoice('L1', { accountNumber: 'A2' })]);
    const open = await rows<{ open: number }>(
      ledger.db(),
      sql`SELECT b.open_amount AS open FROM bill_lines b JOIN service_lines s ON s.id = b.service_line_id
          JOIN invoices i ON i.id = b.invoice_id WHERE i.number = 'L1' ORDER BY s.amount DESC`,
    );
    expect(open).toEqual([{ open: 900 }, { open: 500 }]);
  });

  it('are refused one by one, each with its reason, and the rest is issued', async () => {
    const { invoices } = await send(
      [
        invoice('R1', { accountNumber: 'nobody' }),
        invoice('R2', { officeCode: 'MAD', accountNumber: 'B1' }),
        invoice('R3', { currency: 'EUR' }),
        invoice('R4', { invoiceDate: '2026-11-24' }),
        invoice('R7', { dueDate: '2026-11-19' }),
        invoice('R5', { lines: [{ serviceTypeCode: 'unheard', dateOfService: '2026-11-19', amount: 1 }] }),
        invoice('R8\nR9'),
        invoice('N1'),
        invoice('R6'),
        invoice('R6'),
      ],
      { offices: ['NYC'] },
    );
    expect(invoices.map(({ reason }) => reason)).toEqual([
      'unknown-account',
      'unknown-account',
      'currency',
      'future-date',
      'due-before-invoice',
      'unknown-service-type',
      'unusable-number',
      'invoice-number-taken',
      null,
      'repeated-number',
    ]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('sent again are answered the same and issued once', async () => {
    const actionId = randomUUID();
    const first = await send([invoice('S1')], { actionId });
    const again = await send([invoice('S1')], { actionId });
    expect(again).toEqual(first);
    expect(first.invoices[0]?.status).toBe('done');
    expect(await rows(ledger.db(), sql`SELECT id FROM invoices WHERE number = 'S1'`)).toHaveLength(1);
  });

  it('with one number in two commands at once are issued once; the other may be tried again', async () => {
    const outcomes = await Promise.allSettled(
      ['A1', 'A2'].map((accountNumber) => send([invoice('T1', { accountNumber })])),
    );
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    for (const each of refused) expect(each).toMatchObject({ reason: { code: '40001' } });
    expect(await rows(ledger.db(), sql`SELECT id FROM invoices WHERE number = 'T1'`)).toHaveLength(1);
    const { invoices } = await send([invoice('T1')]);
    expect(invoices[0]).toMatchObject({ status: 'failed', reason: 'invoice-number-taken' });
  });
});
