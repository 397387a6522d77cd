import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import { databaseOptions, row, run, sql, transaction } from '@recoup/service-kit';
import { ledgerDatabase } from '../database.js';
import { supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { abandonStaleImports, whileRead } from './abandon-imports.js';
import { KeepImports } from './keep-imports.js';
import { recoup } from './mappings/recoup.js';
import { readImport, type ImportView } from './read-import.js';
import { startImport } from './start-import.js';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger();
});
afterAll(() => ledger.stop());

/** An import as a ledger leaves it that is killed while it reads the file: a chunk is staged, and it says no more. */
async function left(silentSeconds: number): Promise<string> {
  const made = await row<{ id: string }>(
    ledger.db(),
    sql`WITH r AS (INSERT INTO runs (kind, type, status, actor, offices) VALUES ('import', 'recoup', 'previewing', 'sam', '{*}') RETURNING id),
             i AS (INSERT INTO imports (id, file_name, mapping_name, mapping, received_at)
                   SELECT id, 'left.csv', 'recoup', '{}', clock_timestamp() - make_interval(secs => ${silentSeconds}) FROM r),
             c AS (INSERT INTO run_chunks (run_id, number, items) SELECT id, 0, 1 FROM r)
        SELECT id FROM r`,
  );
  const id = made?.id ?? '';
  await run(ledger.db(), sql`INSERT INTO import_rows (import_id, chunk, line, fields) VALUES (${id}, 0, 2, '{}')`);
  return id;
}

const shown = (id: string): Promise<ImportView> => readImport(ledger.db(), id, supervisor);
const rest = (id: string) =>
  row(
    ledger.db(),
    sql`SELECT (SELECT count(*) FROM import_rows WHERE import_id = ${id}) AS rows,
               (SELECT count(*) FROM run_chunks WHERE run_id = ${id}) AS chunks`,
  );

describe('an import whose ledger died while it read the file', () => {
  it('is ended by any ledger once its silence is longer than the lease, with the reason and what to do', async () => {
    const [dead, alive] = [await left(31), await left(20)];
    await abandonStaleImports(ledger.db());
    expect(await shown(dead)).toMatchObject({
      status: 'cancelled',
      finishedAt: expect.any(String),
      lastError: 'The ledger stopped while it read the file. Nothing of it was booked: send the file again.',
    });
    expect(await rest(dead)).toEqual({ rows: 0, chunks: 0 });
    expect(await shown(alive)).toMatchObject({ status: 'previewing', lastError: null });
    expect(await rest(alive)).toEqual({ rows: 1, chunks: 1 });
  });

  it('is ended at the start of a ledger', async () => {
    const dead = await left(31);
    const keeping = new KeepImports(ledger.orm);
    keeping.onApplicationBootstrap();
    await keeping.onApplicationShutdown();
    expect((await shown(dead)).status).toBe('cancelled');
  });

  it('is let be for a while after a look that failed: while the database was away nobody could be heard', async () => {
    const silent = await left(31);
    const url = ledger.orm.config.get('clientUrl') ?? '';
    const narrow = await MikroORM.init(databaseOptions(url, ledgerDatabase, 1, 'narrow', 100));
    const keeping = new KeepImports(narrow);
    await transaction(narrow.em.fork(), async (onlyConnection) => {
      await run(onlyConnection, sql`SELECT 1`);
      keeping.onApplicationBootstrap();
      await keeping.onApplicationShutdown();
    });
    keeping.onApplicationBootstrap();
    await keeping.onApplicationShutdown();
    expect((await shown(silent)).status).toBe('previewing');
    await narrow.close(true);
  });
});

describe('an import whose file comes slowly', () => {
  it('is not taken for left while somebody reads it', async () => {
    const slow = await left(3600);
    await whileRead(ledger.db(), slow, () => sleep(200), 20);
    await abandonStaleImports(ledger.db());
    expect((await shown(slow)).status).toBe('previewing');
  });
});

/** A file whose sender goes away in the middle of a row. */
async function* brokenOff(): AsyncGenerator<Buffer> {
  yield Buffer.from('officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount\nNYC,B,B1,2026-01-01,');
  await sleep(1);
  throw new Error('aborted');
}

describe('an import whose file breaks off', () => {
  it('ends with that reason, and nothing of it is booked', async () => {
    const given = { fileName: 'broken.csv', mapping: recoup, bytesMax: 1e9, source: brokenOff() };
    const keyed = { actor: supervisor.user, method: 'POST', path: '/api/ledger/imports', input: {} };
    await expect(startImport(ledger.db(), ledger, keyed, supervisor, given)).rejects.toThrow('aborted');
    const kept = await row<{ id: string }>(ledger.db(), sql`SELECT id FROM imports WHERE file_name = 'broken.csv'`);
    expect(await shown(kept?.id ?? '')).toMatchObject({
      status: 'cancelled',
      counts: { booked: 0 },
      lastError: 'The file broke off before it had come whole. Nothing of it was booked: send it again.',
    });
  });
});
