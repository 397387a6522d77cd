import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseOptions, run, rows, sql, sqlState } from '../database/database.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { flagsParts } from '../testing/flags-service.js';
import { narrowedGrants } from '../testing/narrowed-grants.js';
import { keptAnswersMigration } from '../http/kept-answers.js';
import { recordAudit } from './audit.js';
import { narrowerGrantsMigration } from './grants.js';

const insufficientPrivilege = '42501';
let database: TestDatabase;
let service: MikroORM;
let reader: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase(flagsParts, 'collections');
  service = await MikroORM.init(databaseOptions(database.url, flagsParts, 2, 'test'));
  reader = await MikroORM.init(databaseOptions(database.readerUrl, flagsParts, 2, 'test'));
});
afterAll(async () => {
  await Promise.all([service.close(true), reader.close(true)]);
  await database.drop();
});

async function stateOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(() => undefined, sqlState);
}

describe('the roles of a service’s database', () => {
  it('let the service add to the audit and never change it', async () => {
    const db = service.em.fork();
    await recordAudit(db, { actor: 'ada', action: 'create', entityType: 'flag', after: { code: 'vip' } });
    for (const statement of [
      sql`UPDATE audit SET actor = 'x'`,
      sql`DELETE FROM audit`,
      sql`TRUNCATE audit`,
      sql`DROP TABLE audit`,
    ])
      expect(await stateOf(run(service.em.fork(), statement))).toBe(insufficientPrivilege);
    expect(await rows(db, sql`SELECT actor, after FROM audit`)).toEqual([{ actor: 'ada', after: { code: 'vip' } }]);
  });

  it('let nobody but the owner change the chain that seals the audit, whatever was given by default before', async () => {
    const name = 'migration-narrower-grants';
    const migrations = [...flagsParts.migrations, { name, class: narrowerGrantsMigration('collections') }];
    const { migrated, narrowed } = await narrowedGrants({ ...flagsParts, migrations }, 'collections', [
      'audit_blocks',
      'audit_unsealed',
    ]);
    expect(narrowed).toEqual(migrated);
    expect(migrated.filter((grant) => !grant.includes('.'))).toEqual([
      'audit_blocks INSERT',
      'audit_blocks SELECT',
      'audit_unsealed DELETE',
      'audit_unsealed SELECT',
    ]);
  });

  it('let the service complete an answer that it keeps, and neither free its key nor give it to another input', async () => {
    const migrations = [
      ...flagsParts.migrations,
      { name: 'migration-kept-answers', class: keptAnswersMigration('collections') },
    ];
    const kept = await createTestDatabase({ ...flagsParts, migrations }, 'collections');
    const orm = await MikroORM.init(databaseOptions(kept.url, flagsParts, 2, 'test'));
    const insert = sql`INSERT INTO idempotency_keys (actor, key, input_hash, method_path) VALUES ('ada', 'k', '', 'POST /')`;
    const states = [];
    for (const statement of [
      insert,
      sql`UPDATE idempotency_keys SET status = 201, response = '{}', headers = '{}'`,
      sql`UPDATE idempotency_keys SET key = 'l'`,
      sql`UPDATE idempotency_keys SET input_hash = 'x'`,
      sql`DELETE FROM idempotency_keys`,
      sql`TRUNCATE idempotency_keys`,
    ])
      states.push(await stateOf(run(orm.em.fork(), statement)));
    expect(states).toEqual([undefined, undefined, ...Array<string>(4).fill(insufficientPrivilege)]);
    await orm.close(true);
    await kept.drop();
  });

  it('let the reader read and nothing else', async () => {
    expect(await rows(reader.em.fork(), sql`SELECT count(*) AS n FROM flags`)).toEqual([{ n: 0 }]);
    expect(await stateOf(run(reader.em.fork(), sql`INSERT INTO flags (code, office_code) VALUES ('a', 'b')`))).toBe(
      insufficientPrivilege,
    );
  });
});

describe('test databases', () => {
  it('made at once are separate', async () => {
    const made = await Promise.all([1, 2, 3].map(() => createTestDatabase(flagsParts, 'collections')));
    expect(new Set(made.map(({ name }) => name)).size).toBe(3);
    await Promise.all(made.map((one) => one.drop()));
  });
});
