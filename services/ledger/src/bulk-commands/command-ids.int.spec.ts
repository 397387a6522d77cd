import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { agencies, bulkChunks, requireInvariants, type BulkChunks } from '../testing/bulk-chunks.js';
import { testLedger, type TestLedger } from '../testing/test-ledger.js';

const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate\n';
let ledger: TestLedger;
let chunks: BulkChunks;
let imported: { id: string };

beforeAll(async () => {
  ledger = await testLedger();
  chunks = bulkChunks(ledger);
  imported = await ledger.importFile(
    `${header}NYC,A,A-1,2026-01-01,2026-02-01,100.00,\nNYC,B,B-1,2026-01-01,2026-02-01,50.00,2026-03-01\n`,
  );
  await agencies(ledger);
});
afterEach(() => requireInvariants(ledger));
afterAll(() => ledger.stop());

const booked = (commandId: string) =>
  rows<{ number: string; kind: string; part: number }>(
    ledger.db(),
    sql`SELECT a.number, t.kind, t.command_part AS part FROM transactions t JOIN accounts a ON a.id = t.account_id
        WHERE t.command_id = ${commandId} ORDER BY a.number, t.command_part`,
  );

describe('all that a command books carries its id (LED-2)', () => {
  it('of an import, by the chunk', async () => {
    const ofAll = await booked(`import:${imported.id}:0`);
    expect(ofAll.map(({ number, kind }) => `${number} ${kind}`).toSorted()).toEqual([
      'A invoice',
      'B invoice',
      'B payment',
    ]);
    expect(new Set(ofAll.map(({ part }) => part)).size).toBe(3);
  });

  it('of a referral, beside the write-off the payment of 0.00 and the queueing', async () => {
    const actionId = randomUUID();
    const items = [{ accountId: await chunks.idOf('A'), previewedAmount: 10_000 }];
    const more = { payerCode: 'SPRNT', transactionTypeCode: 'custom-write-off-1' };
    await chunks.ask('recoup.ledger.refer-balances.v1', { ...more, actionId, items });
    expect(await booked(actionId)).toEqual([
      { number: 'A', kind: 'write-off', part: 0 },
      { number: 'A', kind: 'payment', part: 1 },
      { number: 'A', kind: 'referral', part: 2 },
    ]);
  });

  it('of a fee, beside the invoice the credit that was applied to it', async () => {
    const actionId = randomUUID();
    const accountId = await chunks.idOf('B');
    await chunks.pay(accountId, 700);
    const lines = [{ serviceTypeCode: 'late-fee', amount: 500 }];
    await chunks.ask('recoup.ledger.add-fees.v1', { actionId, items: [{ accountId, currency: 'USD', lines }] });
    expect(await booked(actionId)).toEqual([
      { number: 'B', kind: 'invoice', part: 0 },
      { number: 'B', kind: 'credit-application', part: 1 },
    ]);
  });
});
