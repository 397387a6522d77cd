import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run, sql, transaction } from '@recoup/service-kit';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { violationsOf } from '../testing/test-ledger.js';

let ledger: AgencyLedger;
let account: string;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  account = await ledger.account();
});

const type = 'custom-write-off-1';

describe('the invariants of referrals', () => {
  it('see a write-off of an agency’s line, and a write-off that is taken away from under a referral', async () => {
    const invoice = await ledger.invoice(account, 1_000);
    const made = await ledger.refer({ invoiceId: invoice });
    const posted = (line: string, debit: string, credit: string) => sql`
      WITH t AS (INSERT INTO transactions (type_code, kind, account_id, office_id, currency, amount, effective_date, recorded_at, actor)
                 SELECT 'coupon', 'write-off', id, office_id, currency, 100, '2026-11-22', now(), 'x' FROM accounts WHERE id = ${account} RETURNING id)
      INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
      SELECT t.id, ${account}, ${invoice}, ${line}, ${debit}, ${credit}, 100, '2026-11-22' FROM t`;
    const [self] = await ledger.lines(invoice);
    const seen = async (statement: ReturnType<typeof posted>): Promise<string[]> => {
      const found: string[] = [];
      const rolledBack = transaction(ledger.db(), async (tx) => {
        await run(tx, statement);
        found.push(...(await violationsOf(tx)).map(({ invariant }) => invariant.slice(0, 7)));
        throw new Error('rolled back');
      });
      await expect(rolledBack).rejects.toThrow('rolled back');
      return found;
    };
    expect(await seen(posted(made.billLineIds[0], 'write-off:coupon', 'receivable:generic'))).toContain('-- I13:');
    expect(await seen(posted(self.id, 'receivable:self', `write-off:${type}`))).toContain('-- I13:');
    expect(await ledger.violations()).toEqual([]);
  });
});
