import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import { databaseOptions, row, rows, run, sql, type Db } from '@recoup/service-kit';
import { createTestDatabase, type TestDatabase } from '@recoup/service-kit/testing/test-database';
import type { Delivery } from './delivery.js';
import { deliveryColumns, deliveryFile, DeliveryWorker } from './delivery-worker.js';
import { FolderTransport } from './folder-transport.js';
import { sampleParts, sampleSource } from './testing/sample-deliveries.js';

const rowCount = 20_000;
let database: TestDatabase;
let orm: MikroORM;
let db: Db;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase(sampleParts, 'collections');
  orm = await MikroORM.init(databaseOptions(database.url, sampleParts, 8, 'test'));
}, 60_000);
afterAll(async () => {
  await orm.close(true);
  await database.drop();
});
beforeEach(async () => {
  db = orm.em.fork();
  folder = await mkdtemp(join(tmpdir(), 'recoup-deliveries-'));
  await run(db, sql`UPDATE deliveries SET status = 'failed', delivered_at = NULL WHERE status <> 'delivered'`);
});

async function newDelivery(sequence: number, count = rowCount): Promise<string> {
  const batch = await row<{ id: string }>(db, sql`SELECT uuidv7() AS id`);
  await run(
    db,
    sql`INSERT INTO sample_rows SELECT ${batch?.id}::uuid, n, n * 10 FROM generate_series(1, ${count}::int) n`,
  );
  const totals = JSON.stringify([{ currency: 'USD', count, amount: 10 * ((count * (count + 1)) / 2) }]);
  const made = await row<{ id: string }>(
    db,
    sql`INSERT INTO deliveries (recipient, kind, batch_id, file_sequence, file_name, file_date, row_count, totals)
        VALUES ('ARM', 'placement', ${batch?.id}, ${sequence}, ${`ARM-${sequence}.csv`}, '2026-11-22', ${count}, ${totals}::json) RETURNING id`,
  );
  return made?.id ?? '';
}

async function delivery(id: string): Promise<(Delivery & { last_error: string | null }) | undefined> {
  return row(db, sql`SELECT ${deliveryColumns}, last_error FROM deliveries WHERE id = ${id}`);
}

/** Runs the delivering process with a failpoint; answers the signal that ended it. */
function child(failpoints: string): Promise<string | null> {
  const path = new URL('./testing/deliver-child.js', import.meta.url).pathname;
  const started = spawn(process.execPath, [path, database.url, folder], {
    env: { ...process.env, RECOUP_FAILPOINTS: failpoints },
    stdio: 'inherit',
  });
  return new Promise((resolve) => started.on('exit', (_code, signal) => resolve(signal)));
}

async function deliverAll(worker: DeliveryWorker): Promise<void> {
  while (await worker.deliverNext());
}

describe('a delivery', () => {
  it('arrives once with the checksum of its rows, and is the same when downloaded later', async () => {
    const id = await newDelivery(1);
    const worker = new DeliveryWorker(orm, 'one', sampleSource, new FolderTransport(folder), () => undefined);
    expect(await worker.deliverNext()).toBe(true);
    expect(await worker.deliverNext()).toBe(false);
    const found = await delivery(id);
    expect(found).toMatchObject({ status: 'delivered', attempts: 1 });
    const again = await deliveryFile(db, sampleSource, found as Delivery);
    const chunks: Uint8Array[] = [];
    for await (const chunk of again.chunks) chunks.push(chunk);
    expect(again.summary().checksum).toBe(found?.checksum);
    expect(await readFile(join(folder, 'ARM', 'out', 'ARM-1.csv'))).toEqual(Buffer.concat(chunks));
    await rm(folder, { recursive: true });
  });

  it.each(['file-chunk-written@2', 'file-placed@1'])(
    'is there once with the same bytes after a kill at %s',
    async (failpoints) => {
      const sequence = failpoints.startsWith('file-placed') ? 3 : 2;
      const id = await newDelivery(sequence);
      expect(await child(failpoints)).toBe('SIGKILL');
      expect(await delivery(id)).toMatchObject({ status: 'sending' });
      await run(db, sql`UPDATE deliveries SET lease_until = clock_timestamp() WHERE id = ${id}`);
      expect(await child('')).toBeNull();
      const found = await delivery(id);
      expect(found).toMatchObject({ status: 'delivered', attempts: 2 });
      expect(await readdir(join(folder, 'ARM', 'out'))).toEqual([`ARM-${sequence}.csv`]);
      expect(await rows(db, sql`SELECT delivery_id FROM sample_arrivals WHERE delivery_id = ${id}`)).toHaveLength(1);
      await rm(folder, { recursive: true });
    },
    60_000,
  );

  it('is put off when it fails and given up after eight attempts, with the reason in sight', async () => {
    const id = await newDelivery(4, 10);
    await run(db, sql`UPDATE deliveries SET row_count = 11 WHERE id = ${id}`);
    const worker = new DeliveryWorker(orm, 'one', sampleSource, new FolderTransport(folder), () => undefined);
    await worker.deliverNext();
    expect(await delivery(id)).toMatchObject({
      status: 'pending',
      attempts: 1,
      last_error: expect.stringMatching(/rows differ/),
    });
    expect(await worker.deliverNext()).toBe(false);
    await run(db, sql`UPDATE deliveries SET attempts = 7, next_attempt_at = clock_timestamp() WHERE id = ${id}`);
    await worker.deliverNext();
    expect(await delivery(id)).toMatchObject({ status: 'failed', attempts: 8 });
    await rm(folder, { recursive: true });
  });

  it('is taken by one of two workers', async () => {
    const ids = [await newDelivery(5, 500), await newDelivery(6, 500), await newDelivery(7, 500)];
    const workers = ['a', 'b'].map(
      (name) => new DeliveryWorker(orm, name, sampleSource, new FolderTransport(folder), () => undefined),
    );
    await Promise.all(workers.map(deliverAll));
    for (const id of ids) expect(await delivery(id)).toMatchObject({ status: 'delivered', attempts: 1 });
    await rm(folder, { recursive: true });
  });
});
