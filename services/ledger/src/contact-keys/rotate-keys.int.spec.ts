import { randomUUID } from 'node:crypto';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ContactCipher,
  databaseOptions,
  FixedClock,
  idempotent,
  newContactKeys,
  rotateContactKeys,
  row,
  rows,
  run,
  sql,
  transaction,
  type Db,
  type KeyedRequest,
} from '@recoup/service-kit';
import { createTestDatabase, type TestDatabase } from '@recoup/service-kit/testing/test-database';
import { readAccount, sealedAccounts } from '../accounts/account-view.js';
import { contactColumns } from '../accounts/contact-columns.js';
import { newAccount, openAccount } from '../accounts/open-account.js';
import { ledgerDatabase } from '../database.js';
import { freezeAccount } from '../freezes/freeze-account.js';
import { readFreeze } from '../freezes/freeze.js';
import { supervisor } from '../testing/test-ledger.js';
import { ledgerSealedRows } from './sealed-rows.js';

const [first, second] = [newContactKeys('k1'), newContactKeys('k2')];
const before = new ContactCipher(first);
const during = new ContactCipher({ current: 'k2', keys: { ...first.keys, ...second.keys } });
const after = new ContactCipher(second);
const clock = new FixedClock('2026-11-22T12:00:00.000Z');
const accounts = 1_040;
const opening: KeyedRequest = { actor: 'sam', key: 'open', method: 'POST', path: '/api/ledger/accounts', input: {} };
let database: TestDatabase;
let orm: MikroORM;
let ana: string;
let freezeId: string;
const db = (): Db => orm.em.fork();

beforeAll(async () => {
  database = await createTestDatabase(ledgerDatabase, 'ledger');
  orm = await MikroORM.init(databaseOptions(database.url, ledgerDatabase, 10, 'ledger-test'));
  await run(
    db(),
    sql`INSERT INTO offices (code, name, currency, time_zone) VALUES ('NYC', 'New York', 'USD', 'America/New_York')`,
  );
  ana = (await openAna(before)).body.id;
  freezeId = await transaction(db(), async (tx) => {
    const given = { accountId: ana, cancellationReasonCode: 'non-payment', notes: 'Ana is away' };
    return (await freezeAccount(tx, { clock, cipher: before }, supervisor, given)).id;
  });
  await openMany();
  const sealed = { sealed: before.encrypt(`${freezeId}:2`, contact('Bo')), officeCode: 'NYC' };
  await run(
    db(),
    sql`INSERT INTO imports (id, file_name, mapping_name, mapping) VALUES (${freezeId}, 'f.csv', 'recoup', '{}')`,
  );
  await run(
    db(),
    sql`INSERT INTO import_rows (import_id, chunk, line, fields) VALUES (${freezeId}, 0, 2, ${JSON.stringify(sealed)}::json)`,
  );
});
afterAll(async () => {
  await orm.close(true);
  await database.drop();
});

function contact(name: string) {
  return {
    name,
    addresses: [],
    phones: [{ number: '+12025550177' }],
    email: 'ana@example.test',
    language: null,
    timeZone: null,
  };
}

/** Opens Ana's account once; the same request again gets the kept answer. */
function openAna(cipher: ContactCipher) {
  const given = newAccount.parse({ ...contact('Ana'), officeCode: 'NYC', number: 'A-0' });
  const open = async (tx: Db) => ({ status: 201, body: await openAccount(tx, cipher, supervisor, given) });
  return idempotent(db(), opening, open, sealedAccounts(cipher));
}

async function openMany(): Promise<void> {
  const ids = Array.from({ length: accounts - 1 }, () => randomUUID());
  const records = ids.map((id) => ({ id, ...contactColumns(before, id, contact('Ana')) }));
  await run(
    db(),
    sql`INSERT INTO accounts (id, office_id, number, name, currency, contact, contact_sequence)
        SELECT t.id, o.id, t.id, t.name, o.currency, t.contact, 1
        FROM offices o, json_to_recordset(${JSON.stringify(records)}::json) AS t (id uuid, name text, contact jsonb)`,
  );
}

const keysInUse = (): Promise<unknown[]> =>
  rows(db(), sql`SELECT kept_in AS "in", key_id AS key, rows FROM contact_keys_in_use ORDER BY 1, 2`);

function keys(key: string): unknown[] {
  const counts = { accounts, freezes: 1, idempotency_keys: 1, import_rows: 1 };
  return Object.entries(counts).map(([name, count]) => ({ in: name, key, rows: count }));
}

describe('A rotation of the contact keys', () => {
  it('goes on where it was cut off, and changes nothing when it is run again', async () => {
    expect(await keysInUse()).toEqual(keys('k1'));
    let chunks = 0;
    const cut = await rotateContactKeys(orm, during, ledgerSealedRows, () => (chunks += 1) > 1);
    expect(cut).toEqual({ rows: 1_000, unreadable: 0 });
    const rest = await Promise.all([1, 2].map(() => rotateContactKeys(orm, during, ledgerSealedRows)));
    expect(rest.reduce((sum, each) => sum + each.rows, 0)).toBe(accounts - 1_000 + 3);
    expect(await keysInUse()).toEqual(keys('k2'));
    expect(await rotateContactKeys(orm, during, ledgerSealedRows)).toEqual({ rows: 0, unreadable: 0 });
  });

  it('lets everything be read, found and told without the old key', async () => {
    expect(await readAccount(db(), after, ana, supervisor)).toMatchObject({ name: 'Ana', email: 'ana@example.test' });
    expect((await readFreeze(db(), after, freezeId, supervisor)).notes).toBe('Ana is away');
    expect((await openAna(after)).body.id).toBe(ana);
    const hashes = await row<{ phones: Buffer[]; email: Buffer }>(
      db(),
      sql`SELECT phone_hashes AS phones, email_hash AS email FROM accounts WHERE id = ${ana}`,
    );
    expect(hashes).toEqual({ phones: [after.phoneHash('+12025550177')], email: after.emailHash('ana@example.test') });
    const last = await rows<{ key: string; accounts: number }>(
      db(),
      sql`SELECT data->>'keyId' AS key, count(*) AS accounts FROM (
            SELECT DISTINCT ON (subject) data FROM outbox WHERE type = 'recoup.ledger.contact-changed.v1'
            ORDER BY subject, sequence DESC) o GROUP BY 1`,
    );
    expect(last).toEqual([{ key: 'k2', accounts }]);
  });

  it('leaves alone what no key of the ring opens, and says how much that is', async () => {
    const other = new ContactCipher(newContactKeys('k3'));
    expect(await rotateContactKeys(orm, other, ledgerSealedRows)).toEqual({ rows: 0, unreadable: accounts + 3 });
    expect(await keysInUse()).toEqual(keys('k2'));
  });
});
