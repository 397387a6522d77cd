import { readFileSync } from 'node:fs';
import { messageType } from '@recoup/contracts';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  ContactCipher,
  databaseOptions,
  FixedClock,
  newContactKeys,
  rows,
  Runner,
  sql,
  stream,
  type Actor,
  type Db,
} from '@recoup/service-kit';
import { z } from 'zod';
import { createTestDatabase } from '@recoup/service-kit/testing/test-database';
import { ledgerDatabase } from '../database.js';
import { findMapping } from '../import/mappings/find-mapping.js';
import { ImportRun } from '../import/import-run.js';
import { readImport, type ImportView } from '../import/read-import.js';
import { startImport } from '../import/start-import.js';

/** Somebody who may do everything everywhere. */
export const supervisor: Actor = { user: 'sam', name: 'Sam', role: 'supervisor', offices: ['*'] };

/** A ledger on a database of its own, with a clock that stands still and a runner that works. */
export interface TestLedger {
  readonly orm: MikroORM;
  readonly clock: FixedClock;
  readonly cipher: ContactCipher;
  readonly db: () => Db;
  /** Imports a file and waits until it has ended. */
  importFile(content: string | Buffer, mapping?: string, actor?: Actor): Promise<ImportView>;
  /** The queries of invariants.sql by name, with the rows that they return: none when all holds. */
  violations(): Promise<{ invariant: string; rows: unknown[] }[]>;
  stop(): Promise<void>;
}

export async function testLedger(now = '2026-11-22T12:00:00.000Z'): Promise<TestLedger> {
  const database = await createTestDatabase(ledgerDatabase, 'ledger');
  const orm = await MikroORM.init(databaseOptions(database.url, ledgerDatabase, 20, 'ledger-test'));
  const clock = new FixedClock(now);
  const cipher = new ContactCipher(newContactKeys());
  const runner = new Runner(orm, 'test', [new ImportRun(clock, cipher)], (level, message, extra) => {
    if (level === 'error') console.error(message, extra);
  });
  runner.start();
  const db = (): Db => orm.em.fork();
  return {
    orm,
    clock,
    cipher,
    db,
    importFile: async (content, mapping = 'recoup', actor = supervisor) => {
      const given = {
        fileName: 'test.csv',
        mapping: await findMapping(db(), mapping),
        bytesMax: 1e9,
        source: bytesOf(content),
      };
      const keyed = { actor: actor.user, method: 'POST', path: '/api/ledger/imports', input: {} };
      const { body } = await startImport(db(), { clock, cipher }, keyed, actor, given);
      return ended(db(), body.id, actor);
    },
    violations: () => violationsOf(db()),
    stop: async () => {
      await runner.stop();
      await orm.close(true);
      await database.drop();
    },
  };
}

async function* bytesOf(content: string | Buffer): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

async function ended(db: Db, id: string, actor: Actor): Promise<ImportView> {
  for (;;) {
    const view = await readImport(db, id, actor);
    if (view.finishedAt !== null) return view;
    if (view.lastError !== null) throw new Error(view.lastError);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

export async function violationsOf(db: Db): Promise<{ invariant: string; rows: unknown[] }[]> {
  const text = readFileSync(new URL('../../invariants.sql', import.meta.url), 'utf8');
  const blocks = text.split(/^(?=-- I\d+:)/m).filter((block) => block.startsWith('-- I'));
  const found = [];
  for (const block of blocks) {
    const [title = '', ...query] = block.split('\n');
    const offenders = await rows(db, sql.raw(query.join('\n').trim().replace(/;$/, '')));
    if (offenders.length > 0) found.push({ invariant: title, rows: offenders });
  }
  return found;
}

/**
 * What of the outbox the catalog would refuse or not know, or what has other members than the type's golden example, save
 * those that may be left out: none while events are as agreed. Tombstones have no data.
 */
export async function refusedEvents(db: Db): Promise<string[]> {
  const told = (await outboxOf(db)).filter(({ data }) => data !== null);
  return told.flatMap(({ type, data }) => {
    const schema = messageType(type)?.schema;
    if (!schema) return [`${type}: unknown`];
    const result = schema.safeParse(data);
    if (!result.success) return [`${type}: ${result.error.message}`];
    const optional = optionalMembers(schema);
    const [own, example] = [data, exampleOf(type)].map((each) => membersOf(each).filter((name) => !optional.has(name)));
    return own?.join() === example?.join() ? [] : [`${type}: other members than its example`];
  });
}

/** Members that an event may leave out. */
function optionalMembers(schema: z.ZodType): Set<string> {
  if (!(schema instanceof z.ZodObject)) return new Set();
  const members: [string, unknown][] = Object.entries(schema.shape);
  return new Set(members.filter(([, member]) => member instanceof z.ZodOptional).map(([name]) => name));
}

const examples = new Map<string, object>();

function exampleOf(type: string): object {
  const known = examples.get(type);
  if (known) return known;
  const url = new URL(`../../../../libs/contracts/examples/${type}.json`, import.meta.url);
  const { data }: { data: object } = JSON.parse(readFileSync(url, 'utf8'));
  examples.set(type, data);
  return data;
}

function membersOf(data: object): string[] {
  return Object.keys(data).toSorted((one, other) => (one < other ? -1 : 1));
}

/** Everything in the outbox, in order of id. */
export async function outboxOf(db: Db): Promise<{ type: string; subject: string; sequence: number; data: never }[]> {
  const found = [];
  for await (const each of stream<{ type: string; subject: string; sequence: number; data: never }>(
    db,
    sql`SELECT type, subject, sequence, data FROM outbox ORDER BY id`,
  ))
    found.push(each);
  return found;
}
