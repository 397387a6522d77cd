import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { refusedEvents } from '../testing/test-ledger.js';

let ledger: AgencyLedger;
let account: string;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  account = await ledger.account();
});

interface Line {
  id: string;
  openAmount: number;
  payerCode: string;
}

describe('many at once', () => {
  it('sixteen clients who pay, queue, refer and recall one account lose nothing and never meet a deadlock', async () => {
    const invoice = await ledger.invoice(account, ...Array.from({ length: 8 }, () => 10_000));
    await ledger.assign(account, 'AGENCY');
    await ledger.assign(account, 'INSURER', { policyId: 'P', groupNumber: 'G' });
    const lines: Line[] = await ledger.lines(invoice);
    const tolerated = /nothing-open|above-outstanding|referred|same-payer|not-allocated/;
    const attempt = async (work: () => Promise<unknown>): Promise<number> => {
      try {
        await work();
        return 1;
      } catch (error) {
        if (error instanceof Error && tolerated.test(error.message)) return 0;
        throw error;
      }
    };
    let paid = 0;
    const pay = async (more: object): Promise<void> => {
      await ledger.pay(account, 100, more);
      paid += 100;
    };
    const kinds = [
      () => pay({}),
      (line: Line) => ledger.refer({ billLineId: line.id }),
      () => pay({ payerCode: 'AGENCY' }),
      (line: Line) => ledger.recall({ billLineId: line.id }),
      (line: Line) => ledger.queue(line.id, 'INSURER'),
      () => pay({ payerCode: 'INSURER' }),
    ];
    const done: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const line = (n: number): Line => lines[n % lines.length] as Line;
      const requests = Array.from({ length: 16 }, (_, n) => {
        const work = kinds[(n + round) % kinds.length] ?? (() => pay({}));
        return attempt(() => work(line(n + round)));
      });
      done.push(...(await Promise.all(requests)));
    }
    const all: Line[] = await ledger.lines(invoice);
    const open = all.reduce((sum, { openAmount }) => sum + openAmount, 0);
    const [balance, credit] = await ledger.figures(account);
    expect(open - credit).toBe(80_000 - paid);
    expect(balance).toBe(
      all.filter(({ payerCode }) => payerCode === 'SELF').reduce((sum, { openAmount }) => sum + openAmount, 0),
    );
    expect(done.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(30);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});
