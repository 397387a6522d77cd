import { Migration } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  auditTablesSql,
  busTablesSql,
  databaseOptions,
  tombstonesSql,
  type DatabaseParts,
  type Db,
} from '@recoup/service-kit';
import { createTestDatabase } from '@recoup/service-kit/testing/test-database';
import { accountNumbersSql, receivablesErasureSql } from '../erasure-tables.sql.js';
import { receivablesPayersTablesSql } from '../payers-tables.sql.js';
import { receivablesTablesSql } from '../receivables-tables.sql.js';

class ReceivablesTestMigration extends Migration {
  override up(): void {
    const kit = [busTablesSql, tombstonesSql, auditTablesSql];
    const projection = [receivablesTablesSql, receivablesPayersTablesSql, receivablesErasureSql];
    for (const statement of [...kit, ...projection, accountNumbersSql('messaging')]) this.addSql(statement);
  }
}

const parts: DatabaseParts = {
  entities: [],
  migrations: [{ name: 'receivables-test', class: ReceivablesTestMigration }],
};

/** A database with the bus and the projection alone, for this library's tests. */
export interface ReceivablesFixture {
  db(): Db;
  close(): Promise<void>;
}

export async function receivablesFixture(): Promise<ReceivablesFixture> {
  const database = await createTestDatabase(parts, 'messaging');
  const orm = await MikroORM.init(databaseOptions(database.ownerUrl, parts, 10, 'receivables-test'));
  const close = async (): Promise<void> => {
    await orm.close(true);
    await database.drop();
  };
  return { db: () => orm.em.fork(), close };
}
