import { readFileSync } from 'node:fs';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseOptions, row, rows, run, sql, sqlState, transaction } from '../database/database.js';
import { flagsParts } from '../testing/flags-service.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { recordAudit } from './audit.js';
import { AuditSealer, sealBlock } from './audit-sealer.js';

const insufficientPrivilege = '42501';
const [chain = '', age = ''] = readFileSync(new URL('../../invariants-audit.sql', import.meta.url), 'utf8')
  .split(/^-- I11.*$/m)
  .slice(1);

let database: TestDatabase;
let service: MikroORM;
let owner: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase(flagsParts, 'collections');
  service = await MikroORM.init(databaseOptions(database.url, flagsParts, 4, 'test'));
  owner = await MikroORM.init(databaseOptions(database.ownerUrl, flagsParts, 2, 'test'));
});
afterAll(async () => {
  await Promise.all([service.close(true), owner.close(true)]);
  await database.drop();
});

const write = (count: number): Promise<unknown> =>
  run(
    service.em.fork(),
    sql`INSERT INTO audit (actor, action, entity_type, after, correlation_id)
        SELECT 'ada', 'create', 'flag', jsonb_build_object('n', n), 'c' FROM generate_series(1, ${count}::int) n`,
  );
const violations = (query: string): Promise<unknown[]> => rows(owner.em.fork(), sql.raw(query.replace(/;\s*$/, '')));

const stateOf = (query: string): Promise<string | undefined> =>
  run(service.em.fork(), sql.raw(query)).then(() => undefined, sqlState);

/** What the chain's invariant shows after the owner changed something, which is then taken back. */
async function shownAfter(change: string): Promise<unknown[]> {
  const shown: unknown[] = [];
  const takenBack = transaction(owner.em.fork(), async (tx) => {
    await run(tx, sql.raw(change));
    shown.push(...(await rows(tx, sql.raw(chain.replace(/;\s*$/, '')))));
    throw new Error('taken back');
  });
  await takenBack.catch(() => undefined);
  return shown;
}

async function sealEverything(): Promise<number[]> {
  const sealed: number[] = [];
  for (let block = await sealBlock(service); block; block = await sealBlock(service)) sealed.push(block.lines);
  return sealed;
}

describe('the sealer of the audit', () => {
  it('chains what was written in blocks of at most a thousand, each line once', async () => {
    await write(2500);
    expect(await sealEverything()).toEqual([1000, 1000, 500]);
    expect(await sealEverything()).toEqual([]);
    const found = await row(
      service.em.fork(),
      sql`SELECT count(*) AS lines, count(DISTINCT id) AS distinct_lines FROM (SELECT unnest(audit_ids) AS id FROM audit_blocks) s`,
    );
    expect(found).toEqual({ lines: 2500, distinct_lines: 2500 });
    expect(await violations(chain)).toEqual([]);
  });

  it('seals a line that commits after later ones', async () => {
    await transaction(service.em.fork(), async (tx) => {
      await recordAudit(tx, { actor: 'bo', action: 'late', entityType: 'flag' });
      await write(3);
      expect(await sealEverything()).toEqual([3]);
    });
    expect(await sealEverything()).toEqual([1]);
    expect(await violations(chain)).toEqual([]);
  });

  it('works once at a time, and leaves what a failed block had for the next', async () => {
    await write(3000);
    const sealed = await Promise.all(Array.from({ length: 4 }, () => sealEverything()));
    expect([...sealed.flat(), ...(await sealEverything())].reduce((sum, lines) => sum + lines, 0)).toBe(3000);
    await write(2);
    await run(owner.em.fork(), sql`ALTER TABLE audit_blocks ADD CONSTRAINT no_more CHECK (false) NOT VALID`);
    await expect(sealBlock(service)).rejects.toThrow('no_more');
    await run(owner.em.fork(), sql`ALTER TABLE audit_blocks DROP CONSTRAINT no_more`);
    expect(await sealEverything()).toEqual([2]);
    expect(await violations(chain)).toEqual([]);
  });

  it('seals when it starts and when it stops', async () => {
    const lines: number[] = [];
    const sealer = new AuditSealer(service, (_level, _message, extra) => void lines.push(Number(extra?.['lines'])));
    await write(4);
    sealer.start();
    await write(5);
    await sealer.stop();
    expect(lines.reduce((sum, each) => sum + each, 0)).toBe(9);
  });

  it('lets nobody but the owner touch a block or hide a line, and shows what the owner touched', async () => {
    for (const query of [
      'UPDATE audit_blocks SET hash = previous_hash',
      'DELETE FROM audit_blocks',
      'INSERT INTO audit_unsealed SELECT id FROM audit',
    ])
      expect(await stateOf(query)).toBe(insufficientPrivilege);
    const touched = [
      `UPDATE audit SET actor = 'eve' WHERE id = (SELECT audit_ids[1] FROM audit_blocks WHERE number = 2)`,
      `DELETE FROM audit_blocks WHERE number = 3`,
    ];
    const seen = await Promise.all(touched.map(shownAfter));
    expect(seen).toMatchObject([[{ number: 2 }], [{ number: 4 }]]);
    expect(await violations(chain)).toEqual([]);
  });

  it('is missed after a minute', async () => {
    expect(await violations(age)).toEqual([]);
    await run(
      owner.em.fork(),
      sql`INSERT INTO audit (at, actor, action, entity_type, correlation_id)
      VALUES (clock_timestamp() - interval '61 s', 'old', 'create', 'flag', 'c')`,
    );
    await run(service.em.fork(), sql`DELETE FROM audit_unsealed`);
    expect(await violations(age)).toMatchObject([{ actor: 'old' }]);
  });
});
