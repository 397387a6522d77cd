import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { example } from '@recoup/contracts/publication/examples';
import { consumeBatch, rows, sql, type RawMessage, type Run, type RunHandler } from '@recoup/service-kit';
import { applyTransactionTypes } from './apply-transaction-types.js';
import { rawMessage } from './testing/deliver-events.js';
import { receivablesFixture, type ReceivablesFixture } from './testing/receivables-fixture.js';

const type = 'recoup.ledger.transaction-type-defined.v1';
const handler: RunHandler = (run: Run) => applyTransactionTypes(run as Run<typeof type>);

describe('The ledger’s transaction types', () => {
  let fixture: ReceivablesFixture;
  beforeAll(async () => {
    fixture = await receivablesFixture();
  });
  afterAll(() => fixture.close());

  const deliver = (batch: RawMessage[]) =>
    consumeBatch(fixture.db(), batch, (each) => (each === type ? handler : undefined));
  const kept = () => rows(fixture.db(), sql`SELECT id, code, name, plural, kind, active FROM transaction_types`);

  it('are kept as they were last told, though several changes come at once or come again', async () => {
    const { data } = example(type);
    const { transactionTypeId: id, ...settings } = data;
    const told = (sequence: number, offset: number, changes: Partial<typeof settings> = {}): RawMessage =>
      rawMessage({ type, subject: id, sequence, data: { ...data, ...changes } }, 0, offset);
    await deliver([told(1, 0)]);
    expect(await kept()).toEqual([{ id, ...settings }]);
    await deliver([told(2, 1, { name: 'Voucher' }), told(3, 2, { name: 'Voucher', active: false }), told(1, 3)]);
    expect(await kept()).toEqual([{ id, ...settings, name: 'Voucher', active: false }]);
    expect(await rows(fixture.db(), sql`SELECT detail FROM parked_messages`)).toEqual([]);
  });
});
