import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContactCipher, rows, run, sql, transaction, type Db, type ReceivedMessage } from '@recoup/service-kit';
import { applyContacts, confirmErasures, eraseAccounts } from '@recoup/receivables';
import request, { type Response } from 'supertest';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { accountId, seedBooks } from '../testing/seed-books.js';

describe('Accounts in collections', () => {
  let service: CollectionsUnderTest;
  const db = (): Db => service.orm.em.fork();
  const get = async (path: string, user = {}, status = 200): Promise<Response> => {
    const token = await service.bearer(user);
    return request(service.app.getHttpServer())
      .get(`/api/collections/${path}`)
      .set('Authorization', token)
      .expect(status);
  };

  beforeAll(async () => {
    service = await collectionsUnderTest({ runner: false });
    await seedBooks(db(), 30);
    const cipher = service.app.get(ContactCipher);
    const contact = {
      name: 'Ana Ruiz',
      language: 'es',
      timeZone: 'Europe/Madrid',
      email: 'ana@home.example',
      addresses: [{ lines: ['Calle Mayor 1'], country: 'ES' }],
      phones: [{ number: '+34600000042', kind: 'mobile' as const }],
    };
    const data = { accountId: accountId(1), ...cipher.encrypt(accountId(1), contact) };
    const message: Pick<ReceivedMessage<'recoup.ledger.contact-changed.v1'>, 'data'> = { data };
    await transaction(db(), (tx) =>
      applyContacts({ tx, messages: [message as ReceivedMessage<'recoup.ledger.contact-changed.v1'>] }, cipher),
    );
    await run(db(), sql`INSERT INTO flags (code, name, colour) VALUES ('watch', 'Watch', '#b45309')`);
    await run(db(), sql`INSERT INTO account_flags SELECT ${accountId(1)}, id, now(), 'ann' FROM flags`);
    await run(db(), sql`INSERT INTO account_states VALUES (${accountId(1)}, 'sent', '2026-02-01T00:00:00Z', 2, 'ARM')`);
    await run(
      db(),
      sql`INSERT INTO stage_periods VALUES
      (${accountId(1)}, 'pending', tstzrange('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'), 'ann', NULL),
      (${accountId(1)}, 'sent', tstzrange('2026-02-01T00:00:00Z', NULL), 'bob', NULL)`,
    );
  });

  afterAll(async () => {
    await service.stop();
  });

  it('finds by a part of the name or number, in any case', async () => {
    const found = await get(`accounts?filter=${encodeURIComponent('{"q":"ana r"}')}`);
    expect(found.body).toMatchObject([
      { id: accountId(1), accountNumber: 'A-1', name: 'Ana Ruiz', officeCode: 'NYC', stage: 'sent', balance: 1000 },
    ]);
    expect(found.headers['content-range']).toBe('accounts 0-0/1');
    expect(JSON.stringify(found.body)).not.toContain('@');
    const none = await get(`accounts?filter=${encodeURIComponent('{"q":"ana r"}')}`, { offices: ['MAD'] });
    expect(none.body).toEqual([]);
  });

  it('shows the card with stage, history, flags and contact', async () => {
    const card = (await get(`accounts/${accountId(1)}`)).body;
    expect(card).toMatchObject({
      id: accountId(1),
      accountNumber: 'A-1',
      name: 'Ana Ruiz',
      officeCode: 'NYC',
      currency: 'USD',
      accountStatus: 'active',
      balance: 1000,
      credit: 0,
      stage: 'sent',
      stageSince: '2026-02-01T00:00:00.000Z',
      agencyCode: 'ARM',
      flags: [{ code: 'watch', name: 'Watch', colour: '#b45309' }],
      stageHistory: [
        { stage: 'sent', from: '2026-02-01T00:00:00.000Z', to: null, actor: 'bob', bulkActionId: null },
        {
          stage: 'pending',
          from: '2026-01-01T00:00:00.000Z',
          to: '2026-02-01T00:00:00.000Z',
          actor: 'ann',
          bulkActionId: null,
        },
      ],
      contact: {
        phones: [{ number: '+34600000042' }],
        email: 'ana@home.example',
        addresses: [{ lines: ['Calle Mayor 1'] }],
        language: 'es',
        timeZone: 'Europe/Madrid',
      },
    });
  });

  it('masks contact data for auditors', async () => {
    const card = (await get(`accounts/${accountId(1)}`, { role: 'auditor' })).body;
    expect(card.contact).toEqual({
      phones: [{ number: '…42', kind: 'mobile' }],
      email: '…@home.example',
      addresses: [{ lines: ['…'], country: 'ES' }],
      language: 'es',
      timeZone: 'Europe/Madrid',
    });
  });

  it('has a card for an account that nobody acted on, and none outside the offices', async () => {
    const card = (await get(`accounts/${accountId(2)}`)).body;
    expect(card).toMatchObject({
      stage: 'not-set',
      stageSince: null,
      flags: [],
      stageHistory: [],
      contact: null,
      agencyCode: null,
    });
    await get(`accounts/${accountId(1)}`, { offices: ['MAD'] }, 404);
  });

  it('shows an erased account without name and contact, and confirms the erasure as the account’s next event', async () => {
    const confirm = confirmErasures({ service: 'collections', numbers: sql`account_states` });
    const erasedAt = '2026-11-22T18:30:05.000Z';
    const erase = (): Promise<void> =>
      transaction(db(), (tx) => eraseAccounts(tx, [{ accountId: accountId(1), erasedAt }], confirm));
    await erase();
    await erase();
    const card = (await get(`accounts/${accountId(1)}`)).body;
    expect(card).toMatchObject({ accountNumber: 'A-1', name: null, contact: null, erasedAt, balance: 1000 });
    const told = sql`SELECT sequence, type FROM outbox WHERE subject = ${accountId(1)}`;
    expect(await rows(db(), told)).toEqual([{ sequence: 3, type: 'recoup.collections.account-erasure-confirmed.v1' }]);
    const audit = await get(`audit?filter=${encodeURIComponent(JSON.stringify({ accountId: accountId(1) }))}`, {
      role: 'auditor',
    });
    expect(audit.body).toMatchObject([{ action: 'confirm-erasure', actor: 'collections', before: null, after: null }]);
  });
});
