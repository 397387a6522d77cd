import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, run, sql, transaction } from '@recoup/service-kit';
import { issueInvoice } from '../invoices/issue-invoice.js';
import { recordPayment } from '../payments/record-payment.js';
import { openAccount } from '../accounts/open-account.js';
import { supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { untilBlocked } from '../testing/until-blocked.js';
import { editOffice, offices, registerOffice } from './edit-office.js';

const administrator = { ...supervisor, role: 'administrator' as const };
// At this instant it is 22 November in Auckland and 21 November in Los Angeles.
const now = '2026-11-21T20:00:00.000Z';
const east = 'Pacific/Auckland';
const west = 'America/Los_Angeles';
const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate\n';
let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger(now);
});
afterAll(() => ledger.stop());

/** An office in the east with an account. */
async function opened(code: string): Promise<{ officeId: string; accountId: string }> {
  const office = { code, name: code, currency: 'USD', timeZone: east, locale: 'en-NZ', applyCredit: true };
  const contact = { addresses: [], phones: [], email: null, language: null, timeZone: null };
  return transaction(ledger.db(), async (tx) => {
    const { id } = await registerOffice(tx, administrator, office);
    const account = { officeCode: code, number: code, name: 'Ann', status: 'active' as const, statementHold: false };
    const { id: accountId } = await openAccount(tx, ledger.cipher, supervisor, { ...account, ...contact });
    return { officeId: id, accountId };
  });
}

const moved = (id: string, timeZone: string, name = 'Moved') =>
  transaction(ledger.db(), (tx) => editOffice(tx, ledger.clock, administrator, id, { name, timeZone }, undefined));
const invoiceOf = (accountId: string, invoiceDate: string) => ({
  accountId,
  number: `${accountId}-${invoiceDate}`,
  invoiceDate,
  dueDate: '2026-12-21',
  lines: [{ serviceTypeCode: 'service', dateOfService: invoiceDate, amount: 1_000 }],
});
const booked = (accountId: string, day: string) =>
  transaction(ledger.db(), (tx) => issueInvoice(tx, ledger.clock, supervisor, invoiceOf(accountId, day)));
const zoneOf = async (id: string) => (await offices.one(ledger.db(), id, administrator)).timeZone;

describe('an office', () => {
  it('can’t move to where it is still the day before its latest booking, and may once that day has begun there', async () => {
    const { officeId, accountId } = await opened('LATE');
    await booked(accountId, '2026-11-22');
    await expect(moved(officeId, west)).rejects.toMatchObject({
      code: 'booked-after-today',
      errors: [{ field: 'timeZone', expected: 'one in which 2026-11-22 has begun' }],
    });
    expect(await zoneOf(officeId)).toBe(east);
    expect(await moved(officeId, east, 'Named')).toMatchObject({ name: 'Named' });
    expect(await moved(officeId, 'Australia/Sydney')).toMatchObject({ timeZone: 'Australia/Sydney' });
    ledger.clock.set('2026-11-22T20:00:00.000Z');
    expect(await moved(officeId, west)).toMatchObject({ timeZone: west });
    ledger.clock.set(now);
  });

  it('can’t move past a payment of 0.00 either, which posts nothing', async () => {
    const { officeId, accountId } = await opened('ZERO');
    const payment = { accountId, amount: 0, currency: 'USD', effectiveDate: '2026-11-22' };
    await transaction(ledger.db(), (tx) => recordPayment(tx, ledger.clock, supervisor, payment));
    await expect(moved(officeId, west)).rejects.toMatchObject({
      code: 'booked-after-today',
      errors: [{ field: 'timeZone', expected: 'one in which 2026-11-22 has begun' }],
    });
    expect(await zoneOf(officeId)).toBe(east);
  });

  it('moves where nothing is booked later than today there', async () => {
    const { officeId, accountId } = await opened('EARLY');
    await booked(accountId, '2026-11-21');
    expect(await moved(officeId, west)).toMatchObject({ timeZone: west });
    await expect(booked(accountId, '2026-11-22')).rejects.toMatchObject({ code: 'future-date' });
  });

  it('waits for a booking under way, and is refused by it', async () => {
    const { officeId, accountId } = await opened('RACE');
    let moving: Promise<unknown> = Promise.resolve();
    await transaction(ledger.db(), async (tx) => {
      await issueInvoice(tx, ledger.clock, supervisor, invoiceOf(accountId, '2026-11-22'));
      moving = moved(officeId, west);
      moving.catch(() => undefined);
      await untilBlocked(tx);
    });
    await expect(moving).rejects.toMatchObject({ code: 'booked-after-today' });
    expect(await zoneOf(officeId)).toBe(east);
  });

  it('is not moved back by an edit that began before it moved', async () => {
    const { officeId } = await opened('TURN');
    let late: Promise<unknown> = Promise.resolve();
    await transaction(ledger.db(), async (tx) => {
      await editOffice(tx, ledger.clock, administrator, officeId, { name: 'Moved', timeZone: west }, undefined);
      late = moved(officeId, east, 'Named');
      late.catch(() => undefined);
      await untilBlocked(tx);
    });
    await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await zoneOf(officeId)).toBe(west);
  });

  it('stays where it is while an import is under way, whose dates were judged there', async () => {
    const { officeId } = await opened('IMPORT');
    for (const status of ['previewing', 'running', 'paused']) {
      const made = await row<{ id: string }>(
        ledger.db(),
        sql`INSERT INTO runs (kind, type, status, actor, offices) VALUES ('import', 'recoup', ${status}, 'sam', '{*}') RETURNING id`,
      );
      await expect(moved(officeId, west)).rejects.toMatchObject({ code: 'import-under-way' });
      expect(await moved(officeId, east, status)).toMatchObject({ name: status, timeZone: east });
      await run(ledger.db(), sql`UPDATE runs SET status = 'cancelled' WHERE id = ${made?.id}`);
    }
    expect(await moved(officeId, west)).toMatchObject({ timeZone: west });
  });

  it('is waited for by an import that begins while it moves', async () => {
    const { officeId } = await opened('BEGIN');
    let begun: Promise<unknown> = Promise.resolve();
    await transaction(ledger.db(), async (tx) => {
      await editOffice(tx, ledger.clock, administrator, officeId, { name: 'Moved', timeZone: west }, undefined);
      begun = ledger.importFile(`${header}BEGIN,B,B-1,2026-11-22,2026-12-01,1.00,\n`);
      await untilBlocked(tx);
    });
    expect(await begun).toMatchObject({ counts: { booked: 0, refused: 1 } });
  });
});
