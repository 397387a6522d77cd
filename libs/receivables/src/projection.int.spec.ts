import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContactCipher, newContactKeys, rows, sql, transaction, type ReceivedMessage } from '@recoup/service-kit';
import { assert as always, asyncProperty, integer, record } from 'fast-check';
import { applyContacts } from './apply-contacts.js';
import { batches, interleave, LedgerLog } from './testing/deliver-events.js';
import { foldAccount } from './testing/fold-history.js';
import { HistoryMaker } from './testing/ledger-history.js';
import { randomOf } from '@recoup/service-kit/testing/random';
import { readProjection, unbalancedAccounts } from './testing/read-projection.js';
import { receivablesFixture, type ReceivablesFixture } from './testing/receivables-fixture.js';

describe('The projection of the ledger', () => {
  let fixture: ReceivablesFixture;
  const officeId = '00000000-0000-7000-8000-00000000000a';

  beforeAll(async () => {
    fixture = await receivablesFixture();
  });

  afterAll(async () => {
    await fixture.close();
  });

  it('is the plain fold of the events, however they are interleaved, cut into batches and repeated', async () => {
    const shape = record({
      seed: integer(),
      accounts: integer({ min: 1, max: 6 }),
      events: integer({ min: 1, max: 30 }),
      batch: integer({ min: 1, max: 60 }),
    });
    await always(
      asyncProperty(shape, async ({ seed, accounts, events, batch }) => {
        const random = randomOf(seed);
        const maker = new HistoryMaker(random, officeId);
        const histories = Array.from({ length: accounts }, () => maker.account(events));
        await fixture.db().getConnection().execute('TRUNCATE consumer_positions, applied_sequences');
        const log = new LedgerLog();
        const arrived = interleave(
          histories.map((history) => history.events),
          random,
        );
        for (const piece of batches(arrived, batch, random)) {
          await log.deliver(fixture.db(), piece);
          if (random() < 0.3) await log.deliver(fixture.db(), piece);
        }
        const ids = histories.map(({ accountId }) => accountId);
        const expected = Object.fromEntries(
          histories.map((history) => [history.accountId, foldAccount(history.events)]),
        );
        expect(await readProjection(fixture.db(), ids)).toEqual(expected);
        await log.deliver(fixture.db(), arrived);
        expect(await readProjection(fixture.db(), ids)).toEqual(expected);
        expect(await unbalancedAccounts(fixture.db())).toEqual([]);
        expect(await rows(fixture.db(), sql`SELECT reason, detail FROM parked_messages`)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('gives an account its name whichever of the two comes first', async () => {
    const cipher = new ContactCipher(newContactKeys());
    const maker = new HistoryMaker(randomOf(7), officeId);
    const [before, after] = [maker.account(1), maker.account(1)];
    const log = new LedgerLog();
    const contact = async (accountId: string, name: string): Promise<void> => {
      const data = {
        accountId,
        ...cipher.encrypt(accountId, { name, addresses: [], phones: [], email: null, language: 'es', timeZone: null }),
      };
      const message: Pick<ReceivedMessage<'recoup.ledger.contact-changed.v1'>, 'data'> = { data };
      await transaction(fixture.db(), (tx) =>
        applyContacts({ tx, messages: [message as ReceivedMessage<'recoup.ledger.contact-changed.v1'>] }, cipher),
      );
    };
    await contact(before.accountId, 'Ana Ruiz');
    await log.deliver(fixture.db(), [...before.events, ...after.events], 1);
    await contact(after.accountId, 'Bo Chen');
    const names = await rows(
      fixture.db(),
      sql`SELECT id, name, language FROM accounts WHERE id = ANY(${[before.accountId, after.accountId]}::uuid[]) ORDER BY name`,
    );
    expect(names).toEqual([
      { id: before.accountId, name: 'Ana Ruiz', language: 'es' },
      { id: after.accountId, name: 'Bo Chen', language: 'es' },
    ]);
    await contact(after.accountId, 'Bo Chen Jr');
    expect(await rows(fixture.db(), sql`SELECT name FROM accounts WHERE id = ${after.accountId}`)).toEqual([
      { name: 'Bo Chen Jr' },
    ]);
  });

  it('parks an event that would break the figures, and the account’s later ones behind it', async () => {
    const maker = new HistoryMaker(randomOf(11), officeId);
    const [good, bad] = [maker.account(20), maker.account(1)];
    const log = new LedgerLog();
    const impossible = {
      type: 'recoup.ledger.written-off.v1' as const,
      sequence: 2,
      data: {
        accountId: bad.accountId,
        transactionId: maker.id(),
        transactionTypeCode: 'coupon',
        amount: 5,
        currency: 'USD',
        effectiveDate: '2025-02-01',
        recordedAt: '2026-01-01T00:00:00Z',
        creditMovements: [],
        commandId: null,
        movements: [{ invoiceId: maker.id(), billLineId: maker.id(), amount: -5, effectiveDate: '2025-02-01' }],
      },
    };
    await log.deliver(
      fixture.db(),
      [...bad.events, ...good.events.slice(0, 10), impossible, ...good.events.slice(10)],
      2,
    );
    expect(await readProjection(fixture.db(), [good.accountId])).toEqual({
      [good.accountId]: foldAccount(good.events),
    });
    const parked = await rows(fixture.db(), sql`SELECT aggregate_id, sequence, reason FROM parked_messages`);
    expect(parked).toEqual([{ aggregate_id: bad.accountId, sequence: 2, reason: 'handler-failed' }]);
  });
});
