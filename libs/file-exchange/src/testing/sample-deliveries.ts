import { Migration } from '@mikro-orm/migrations';
import { sql, stream, type Db, type DatabaseParts } from '@recoup/service-kit';
import { deliveriesTablesSql } from '../deliveries-tables.sql.js';
import type { Delivery } from '../delivery.js';
import type { DeliverySource } from '../delivery-worker.js';
import { fileFormat, type DetailRecord } from '../file-format.js';

/** The smallest service that delivers files: its rows are a table, its format is fixed. */
class Migration20261122SampleDeliveries extends Migration {
  override up(): void {
    this.addSql(deliveriesTablesSql);
    this.addSql(`CREATE TABLE sample_rows (batch_id uuid, number int, amount bigint, PRIMARY KEY (batch_id, number));
      CREATE TABLE sample_arrivals (delivery_id uuid PRIMARY KEY);
      GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO recoup_collections`);
  }
}

export const sampleParts: DatabaseParts = {
  entities: [],
  migrations: [{ name: 'Migration20261122SampleDeliveries', class: Migration20261122SampleDeliveries }],
};

const format = fileFormat.parse({
  style: 'csv',
  header: [{ name: 'Sequence', value: 'fileSequence', type: 'number' }],
  detail: [
    { name: 'Account', value: 'accountNumber', type: 'text' },
    { name: 'Balance', value: 'amount', type: 'amount' },
  ],
  trailer: [
    { name: 'Count', value: 'count', type: 'number' },
    { name: 'Sum', value: 'amount', type: 'amount' },
  ],
});

export const sampleSource: DeliverySource = {
  describe: (_db, delivery) => Promise.resolve({ format, header: { fileSequence: delivery.fileSequence } }),
  rows: (db: Db, delivery: Delivery) =>
    stream<DetailRecord>(
      db,
      sql`SELECT 'A-' || number AS "accountNumber", amount, 'USD' AS currency FROM sample_rows WHERE batch_id = ${delivery.batchId} ORDER BY number`,
    ),
  arrived: async (tx, delivery) => {
    await sql`INSERT INTO sample_arrivals VALUES (${delivery.id})`.execute(tx.getKysely());
  },
};
