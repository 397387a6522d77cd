import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { row, rows, run, sql } from '@recoup/service-kit';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

const secrets = ['Zacharias Quillfeather', 'zq@example.test', '+12025550177', 'Nook Lane', 'GRP-7712', 'POL-9931'];
let ledger: AgencyLedger;
let accountId: string;
let opening: [string, object, number, Record<string, string>];
let count = 0;

beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());

/** An account with all that is personal of it, and with figures. */
beforeEach(async () => {
  count += 1;
  const [name, email, number, street] = secrets;
  const contact = { name, email, phones: [{ number }], addresses: [{ lines: [street] }], language: 'es' };
  const body = { officeCode: 'UTC', number: `Q-${count}`, ...contact };
  opening = ['accounts', body, 201, { 'Idempotency-Key': `open-${count}` }];
  const opened = (await ledger.post(...opening)).body;
  accountId = opened.id;
  await ledger.put(`accounts/${accountId}`, { ...opened, timeZone: 'Europe/Madrid' }, 200, {
    'Idempotency-Key': `edit-${count}`,
  });
  const identifiers = { accountId, payerCode: 'INSURER', groupNumber: 'GRP-7712', policyId: 'POL-9931' };
  await ledger.admin.post('account-payers', identifiers, 201, { 'Idempotency-Key': `assign-${count}` });
  const frozen = { accountId, cancellationReasonCode: 'non-payment', notes: 'Zacharias Quillfeather moved' };
  await ledger.post('freezes', frozen, 201, { 'Idempotency-Key': `freeze-${count}` });
  const invoiceId = await ledger.invoice(accountId, 1_000);
  const dispute = { invoiceId, reason: 'Quillfeather says it was cancelled' };
  const disputed = await ledger.post('disputes', dispute, 201, { 'Idempotency-Key': `dispute-${count}` });
  const settled = { reason: 'Zacharias was right', settledOn: ledger.on(0) };
  await ledger.put(`disputes/${disputed.body.id}`, settled, 200, { 'Idempotency-Key': `settle-${count}` });
});

const erase = async (more: object = {}, status = 201, headers = {}) =>
  (await ledger.admin.post('erasures', { accountId, reason: 'asked-for', ...more }, status, headers)).body;

/** Where any of these texts stands in the database, in whatever table. */
async function found(texts: readonly string[]): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    ledger.db(),
    sql`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND has_table_privilege(oid, 'SELECT')`,
  );
  const hits: string[] = [];
  for (const { name } of tables) {
    const hit = sql`SELECT 1 AS hit FROM ${sql.table(name)} t WHERE t::text LIKE ANY(${texts.map((each) => `%${each}%`)}::text[])`;
    if (await row(ledger.db(), sql`${hit} LIMIT 1`)) hits.push(name);
  }
  return hits.toSorted();
}

/** All ciphertexts kept of the account: in its row, its freezes, its answers and what is to be published. */
async function ciphertexts(): Promise<string[]> {
  const kept = await rows<{ text: string }>(
    ledger.db(),
    sql`SELECT contact->>'ciphertext' AS text FROM accounts WHERE id = ${accountId}
        UNION ALL SELECT notes->>'ciphertext' FROM freezes WHERE account_id = ${accountId}
        UNION ALL SELECT response->>'ciphertext' FROM idempotency_keys WHERE response->>'accountId' = ${accountId}
        UNION ALL SELECT data->>'ciphertext' FROM outbox WHERE key = ${accountId} AND topic = 'recoup.ledger.contacts'`,
  );
  return kept.map(({ text }) => text).filter((text) => text !== null);
}

describe('an erasure', () => {
  it('leaves nothing personal in any table, and every figure', async () => {
    const sealed = await ciphertexts();
    expect(sealed.length).toBeGreaterThanOrEqual(6);
    expect(await found(sealed)).toEqual(['accounts', 'freezes', 'idempotency_keys', expect.stringMatching(/^outbox_/)]);
    const before = (await ledger.get(`accounts/${accountId}`)).body;
    const erased = await erase();
    expect(erased).toEqual({ accountId, reason: 'asked-for', erasedAt: expect.any(String) });
    expect(await found([...sealed, 'Quillfeather', 'zq@example', 'Nook Lane'])).toEqual([]);
    const identifiers = await rows(
      ledger.db(),
      sql`SELECT group_number, policy_id FROM account_payers WHERE account_id = ${accountId}
          UNION ALL SELECT response->>'groupNumber', response->>'policyId' FROM idempotency_keys
                    WHERE key = ${`assign-${count}`}`,
    );
    expect(identifiers).toEqual(identifiers.map(() => ({ group_number: null, policy_id: null })));
    const after = (await ledger.get(`accounts/${accountId}`)).body;
    const gone = { name: null, language: null, email: null, phones: [], addresses: [], timeZone: null };
    expect(after).toEqual({ ...before, ...gone, erasedAt: erased.erasedAt, version: before.version + 1 });
    expect(after.balance).toBe(1_000);
    expect((await ledger.get('accounts', 200, { filter: JSON.stringify({ q: 'Quillfeather' }) })).body).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ id: accountId })]),
    );
    expect(await ledger.violations()).toEqual([]);
  });

  it('is told by an event and, on the contacts topic, by tombstones that follow what was said there', async () => {
    const { erasedAt } = await erase();
    const told = (await outboxOf(ledger.db())).filter(({ subject }) => subject === accountId);
    expect(told.filter(({ type }) => type === 'recoup.ledger.account-erased.v1')).toEqual([
      {
        type: 'recoup.ledger.account-erased.v1',
        subject: accountId,
        sequence: expect.any(Number),
        data: { accountId, erasedAt },
      },
    ]);
    const contacts = told.filter(({ type }) => type === 'recoup.ledger.contact-changed.v1');
    expect(contacts.map(({ sequence, data }) => [sequence, data])).toEqual([1, 2, 3].map((each) => [each, null]));
    expect(await refusedEvents(ledger.db())).toEqual([]);
    const audit = { filter: JSON.stringify({ accountId, action: 'erase-account' }) };
    expect((await ledger.admin.get('audit', 200, audit)).body).toMatchObject([
      { actor: 'ada', entityId: accountId, before: null, after: { reason: 'asked-for' } },
    ]);
  });

  it('is made once, by administrators, with a reason that names nobody', async () => {
    await ledger.post('erasures', { accountId, reason: 'asked-for' }, 403);
    await erase({ reason: 'Mr Quillfeather wrote to us' }, 400);
    const key = { 'Idempotency-Key': `erase-${count}` };
    const first = await erase({}, 201, key);
    expect(await erase({}, 201, key)).toEqual(first);
    expect(await erase({}, 409)).toMatchObject({ code: 'already-erased', erasedAt: first.erasedAt });
    await erase({ accountId: '00000000-0000-7000-8000-000000000000' }, 404);
  });

  it('is final: nothing personal is written any more, and a repeat of an old request brings nothing back', async () => {
    const stored = (await ledger.get(`accounts/${accountId}`)).body;
    await erase();
    const { version } = (await ledger.get(`accounts/${accountId}`)).body;
    expect((await ledger.put(`accounts/${accountId}`, { ...stored, version }, 409)).body.code).toBe('erased');
    const [payer] = (await ledger.get('account-payers', 200, { filter: JSON.stringify({ accountId }) })).body;
    expect(payer).toMatchObject({ groupNumber: null, policyId: null });
    const again = await ledger.admin.put(
      `account-payers/${payer.id}`,
      { ...payer, groupNumber: 'G', policyId: 'P' },
      409,
    );
    expect(again.body.code).toBe('erased');
    await ledger.post(`accounts/${accountId}/status`, { status: 'closed' }, 200);
    const [path, body, , headers] = opening;
    expect((await ledger.post(path, body, 410, headers)).body.code).toBe('erased');
    const direct = sql`UPDATE accounts SET name = 'Zacharias Quillfeather' WHERE id = ${accountId}`;
    await expect(run(ledger.db(), direct)).rejects.toThrow('accounts_erased');
  });

  it('lets disputes be settled and opened again, but no words be written to them', async () => {
    await erase();
    const [dispute] = (await ledger.get('disputes', 200, { filter: JSON.stringify({ accountId }) })).body;
    const reason = 'Quillfeather again';
    expect((await ledger.put(`disputes/${dispute.id}`, { reason }, 409)).body.code).toBe('erased');
    expect((await ledger.post('disputes', { invoiceId: dispute.invoiceId, reason }, 409)).body.code).toBe('erased');
    const opened = await ledger.put(`disputes/${dispute.id}`, { settledOn: null });
    expect(opened.body).toMatchObject({ reason: 'erased', settledOn: null });
  });

  it('takes the contact data out of rows that an import has yet to book', async () => {
    const importId = '00000000-0000-7000-8000-00000000abcd';
    const fields = {
      officeCode: 'UTC',
      accountNumber: `Q-${count}`,
      amount: 5,
      sealed: { keyId: 'k', ciphertext: 'x' },
    };
    await run(
      ledger.db(),
      sql`INSERT INTO imports (id, file_name, mapping_name, mapping) VALUES (${importId}, 'f.csv', 'recoup', '{}')`,
    );
    await run(
      ledger.db(),
      sql`INSERT INTO import_rows (import_id, chunk, line, fields)
          VALUES (${importId}, 0, 2, ${JSON.stringify(fields)}::json),
                 (${importId}, 0, 3, ${JSON.stringify({ ...fields, accountNumber: 'another' })}::json)`,
    );
    await erase();
    const staged = await rows(
      ledger.db(),
      sql`SELECT fields FROM import_rows WHERE import_id = ${importId} ORDER BY line`,
    );
    const { sealed: _sealed, ...rest } = fields;
    expect(staged).toEqual([{ fields: rest }, { fields: { ...fields, accountNumber: 'another' } }]);
  });
});
