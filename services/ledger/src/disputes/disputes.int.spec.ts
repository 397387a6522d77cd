import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, run, sql, transaction } from '@recoup/service-kit';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { untilBlocked } from '../testing/until-blocked.js';

let ledger: AgencyLedger;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());

async function dispute(): Promise<{ id: string; version: number }> {
  const invoiceId = await ledger.invoice(await ledger.account(), 1_000);
  return (await ledger.post('disputes', { invoiceId, reason: 'Wrong amount', openedOn: ledger.on(-9) })).body;
}

describe('a dispute', () => {
  it('that two people edit at once keeps what each of them changed', async () => {
    const { id } = await dispute();
    let settled: Promise<{ body: object }> | undefined;
    await transaction(ledger.db(), async (tx) => {
      await run(
        tx,
        sql`SELECT FROM accounts a JOIN disputes d ON d.account_id = a.id WHERE d.id = ${id} FOR UPDATE OF a`,
      );
      settled = ledger.put(`disputes/${id}`, { settledOn: ledger.on(-1) });
      await untilBlocked(tx);
      await run(tx, sql`UPDATE disputes SET reason = 'Wrong line', version = version + 1 WHERE id = ${id}`);
    });
    expect((await settled)?.body).toMatchObject({ reason: 'Wrong line', settledOn: ledger.on(-1), version: 3 });
  });

  it('is noted in the audit with what it was before', async () => {
    const { id, version } = await dispute();
    await ledger.put(`disputes/${id}`, { settledOn: ledger.on(-1) }, 200, { 'If-Match': `"${version}"` });
    const lines = await rows(
      ledger.db(),
      sql`SELECT action, before ->> 'settledOn' AS before, after ->> 'settledOn' AS after FROM audit WHERE entity_id = ${id} ORDER BY at`,
    );
    expect(lines).toEqual([
      { action: 'record-dispute', before: null, after: null },
      { action: 'edit-dispute', before: null, after: ledger.on(-1) },
    ]);
  });
});
