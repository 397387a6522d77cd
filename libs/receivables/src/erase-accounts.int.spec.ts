import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messageType } from '@recoup/contracts';
import {
  consumeBatch,
  replayParked,
  ContactCipher,
  newContactKeys,
  row,
  rows,
  run as execute,
  sql,
  type ErasureRun,
  type FindHandler,
  type RawMessage,
  type Run,
} from '@recoup/service-kit';
import { randomOf } from '@recoup/service-kit/testing/random';
import { applyContacts } from './apply-contacts.js';
import { applyLedgerEvents } from './apply-ledger-events.js';
import { applyTombstones, confirmErasures } from './erase-accounts.js';
import { accountEventTypes } from './account-event-types.js';
import { rawMessage } from './testing/deliver-events.js';
import { HistoryMaker } from './testing/ledger-history.js';
import { receivablesFixture, type ReceivablesFixture } from './testing/receivables-fixture.js';

const cipher = new ContactCipher(newContactKeys());
const confirm = confirmErasures({ service: 'messaging', numbers: sql`account_numbers` });
const maker = new HistoryMaker(randomOf(28), '00000000-0000-7000-8000-00000000000a');
let fixture: ReceivablesFixture;
let offset = 0;

beforeAll(async () => {
  fixture = await receivablesFixture();
});
afterAll(() => fixture.close());

const findHandler: FindHandler = (type) => {
  if (type === 'recoup.ledger.contacts') return (run) => applyTombstones(run as Run & ErasureRun, confirm);
  if (type === 'recoup.ledger.contact-changed.v1')
    return (run) => applyContacts(run as Run<'recoup.ledger.contact-changed.v1'>, cipher);
  return accountEventTypes.some((each) => each === type)
    ? (run) => applyLedgerEvents(run, undefined, confirm)
    : undefined;
};

function onContacts(message: RawMessage): RawMessage {
  return { ...message, topic: 'recoup.ledger.contacts' };
}

/** An account with what the ledger says of it on either topic. */
class Followed {
  readonly accountId: string;
  readonly events: RawMessage[];
  readonly contacts: RawMessage[];

  constructor() {
    const { accountId, events } = maker.account(3);
    const erasedAt = '2026-11-22T18:30:05.000Z';
    const erased = { type: 'recoup.ledger.account-erased.v1' as const, sequence: events.length + 1 };
    const all = [...events, { ...erased, data: { accountId, erasedAt } }];
    const contact = { name: 'Ana Ruiz', addresses: [], phones: [], email: null, language: 'es', timeZone: null };
    const changed = (sequence: number): RawMessage => {
      const data = { accountId, ...cipher.encrypt(accountId, contact) };
      return rawMessage(
        { type: 'recoup.ledger.contact-changed.v1', subject: accountId, sequence, data },
        0,
        (offset += 1),
      );
    };
    this.accountId = accountId;
    this.events = all.map((event) => rawMessage({ ...event, subject: accountId }, 0, (offset += 1)));
    this.contacts = [changed(1), changed(2), { ...changed(3), value: null }].map(onContacts);
  }

  /** What is known of it: nothing personal once it is erased. */
  state(): Promise<unknown> {
    return row(
      fixture.db(),
      sql`SELECT a.name, a.language, a.erased_at IS NOT NULL AS erased, c.name AS "contactName", c.contact
          FROM accounts a JOIN account_contacts c ON c.account_id = a.id WHERE a.id = ${this.accountId}`,
    );
  }

  confirmations(): Promise<unknown[]> {
    return rows(
      fixture.db(),
      sql`SELECT o.type, o.sequence, o.data->>'accountId' AS account, n.sequence AS number,
                 (SELECT count(*) FROM audit WHERE action = 'confirm-erasure' AND account_id = n.account_id) AS audited
          FROM outbox o JOIN account_numbers n ON n.account_id::text = o.subject WHERE o.subject = ${this.accountId}`,
    );
  }
}

/** Reads messages of one topic as if they came for the first time at these offsets. */
async function deliver(messages: readonly RawMessage[]): Promise<void> {
  const late = messages.map((message) => ({ ...message, offset: (offset += 1) }));
  await consumeBatch(fixture.db(), late, findHandler);
}

const gone = { name: null, language: null, erased: true, contactName: null, contact: null };

describe('An erased account', () => {
  it('has no name once the event has come, whatever the contacts topic still holds', async () => {
    const account = new Followed();
    await deliver(account.events.slice(0, -1));
    await deliver(account.contacts.slice(0, 1));
    await deliver(account.events.slice(-1));
    expect(await account.state()).toEqual(gone);
    await deliver(account.contacts.slice(1, 2));
    expect(await account.state()).toEqual(gone);
    await deliver(account.contacts.slice(2));
    expect(await account.state()).toEqual(gone);
    expect(await account.confirmations()).toHaveLength(1);
  });

  it('has no name once the tombstone has come, and is confirmed once under its own number', async () => {
    const account = new Followed();
    await deliver(account.events.slice(0, -1));
    await deliver(account.contacts.slice(0, 2));
    expect(await account.state()).toMatchObject({ name: 'Ana Ruiz', erased: false });
    await deliver(account.contacts.slice(2));
    expect(await account.state()).toEqual(gone);
    await deliver(account.events.slice(-1));
    expect(await account.state()).toEqual(gone);
    const type = 'recoup.messaging.account-erasure-confirmed.v1';
    const confirmation = { type, sequence: 1, account: account.accountId, number: 1, audited: 1 };
    expect(await account.confirmations()).toEqual([confirmation]);
    const told = await row<{ data: unknown }>(
      fixture.db(),
      sql`SELECT data FROM outbox WHERE subject = ${account.accountId}`,
    );
    expect(messageType(type)?.schema.safeParse(told?.data).success).toBe(true);
  });

  it('is erased before its opening is known, and stays so when both topics are read again', async () => {
    const account = new Followed();
    await deliver(account.contacts);
    await deliver(account.events);
    expect(await account.state()).toEqual(gone);
    await deliver([...account.contacts, ...account.contacts]);
    // A projection that has lost its numbers takes everything once more.
    await execute(fixture.db(), sql`DELETE FROM applied_sequences WHERE aggregate_id = ${account.accountId}`);
    await deliver(account.contacts.slice(0, 2));
    expect(await account.state()).toEqual(gone);
    await deliver(account.contacts);
    expect(await account.state()).toEqual(gone);
    expect(await account.confirmations()).toHaveLength(1);
    expect(await rows(fixture.db(), sql`SELECT reason, detail FROM parked_messages`)).toEqual([]);
  });

  it('leaves nothing of contact data that waits because it could not be read, which then is a tombstone', async () => {
    const account = new Followed();
    const [first] = account.contacts;
    if (!first) throw new Error('there is contact data');
    const { value, ...rest } = first;
    const unknownKey = Buffer.from(String(value).replace('"k1"', '"k0"'));
    await deliver(account.events.slice(0, -1));
    await deliver([{ ...rest, value: unknownKey }]);
    const waiting = sql`SELECT reason, value IS NULL AS empty FROM parked_messages
                        WHERE aggregate_id = ${account.accountId} AND replayed_at IS NULL`;
    expect(await rows(fixture.db(), waiting)).toEqual([{ reason: 'handler-failed', empty: false }]);
    await deliver(account.events.slice(-1));
    expect(await rows(fixture.db(), waiting)).toEqual([{ reason: 'handler-failed', empty: true }]);
    expect(await replayParked(fixture.db(), first.topic, account.accountId, findHandler)).toMatchObject({ applied: 1 });
    expect(await account.state()).toEqual(gone);
    expect(await account.confirmations()).toHaveLength(1);
  });

  it('leaves nothing of what came unreadable between its event and its tombstone either', async () => {
    const account = new Followed();
    const [first] = account.contacts;
    if (!first) throw new Error('there is contact data');
    await deliver(account.events);
    await deliver([{ ...first, value: Buffer.from(String(first.value).replace('"k1"', '"k0"')) }]);
    const kept = sql`SELECT value IS NULL AS empty FROM parked_messages WHERE aggregate_id = ${account.accountId} ORDER BY "offset"`;
    expect(await rows(fixture.db(), kept)).toEqual([{ empty: false }]);
    await deliver(account.contacts.slice(2));
    expect((await rows<{ empty: boolean }>(fixture.db(), kept)).every(({ empty }) => empty)).toBe(true);
    await replayParked(fixture.db(), first.topic, account.accountId, findHandler);
    expect(await account.state()).toEqual(gone);
    expect(await account.confirmations()).toHaveLength(1);
  });

  it('keeps its figures', async () => {
    const account = new Followed();
    const figures = sql`SELECT balance, credit, number, open_invoices FROM accounts WHERE id = ${account.accountId}`;
    await deliver(account.events.slice(0, -1));
    const before = await row(fixture.db(), figures);
    await deliver(account.events.slice(-1));
    await deliver(account.contacts);
    expect(await row(fixture.db(), figures)).toEqual(before);
  });
});
