import { randomUUID } from 'node:crypto';
import { messageType, type ItemOutcome, type MessageData } from '@recoup/contracts';
import { row, rows, run, sql, transaction, type ReceivedMessage } from '@recoup/service-kit';
import type { BulkCommand } from '../bulk-commands/command-types.js';
import { CommandsBus } from '../bulk-commands/commands.bus.js';
import { recordPayment } from '../payments/record-payment.js';
import { supervisor, type TestLedger } from './test-ledger.js';

/** A command's own members; who asks, and for which chunk of which action, may be left out. */
type Given<T extends BulkCommand> = Omit<MessageData<T>, keyof Origin> & Partial<Origin>;
type Origin = Pick<MessageData<BulkCommand>, 'actionId' | 'chunk' | 'actor' | 'approver' | 'offices'>;

/** What tests of bulk commands do: ask for chunks as the bus would, and see what an account has. */
export interface BulkChunks {
  /** Asks for a chunk and answers the outcomes that are published. */
  ask<T extends BulkCommand>(type: T, given: Given<T>): Promise<ItemOutcome[]>;
  /** Does so, and rolls everything back as a crash before the commit would. */
  crash<T extends BulkCommand>(type: T, given: Given<T>): Promise<void>;
  /** Asks for several chunks in one run, as one batch of the bus brings them. */
  askTogether(asked: readonly { type: BulkCommand; given: Given<BulkCommand> }[]): Promise<void>;
  idOf(number: string): Promise<string>;
  pay(accountId: string, amount: number, effectiveDate?: string): Promise<string>;
}

/** An agency's payer that needs neither group number nor policy id, one that does, and the first custom write-off. */
export async function agencies(ledger: TestLedger): Promise<void> {
  await run(
    ledger.db(),
    sql`INSERT INTO payers (code, name, type, skip_group_number_check, skip_policy_id_check)
        VALUES ('SPRNT', 'Sprint', 'generic', true, true), ('STRICT', 'Strict', 'generic', true, false), ('INS', 'Insurer', 'insurer', true, true)`,
  );
  await run(
    ledger.db(),
    sql`INSERT INTO transaction_types (code, name, plural, kind, custom_number)
        VALUES ('custom-write-off-1', 'Collections', 'Collections', 'write-off', 1)`,
  );
}

function received<T extends BulkCommand>(type: T, given: Given<T>): ReceivedMessage<T> {
  const origin = { actionId: randomUUID(), chunk: 0, actor: 'sam', approver: null, offices: ['*'] };
  const data = messageType(type)?.schema.parse({ ...origin, ...given }) as MessageData<T>;
  const raw = { topic: '', partition: 0, offset: 0, key: '', headers: {}, value: null };
  const topic = 'recoup.ledger.commands';
  const headers = { aggregateId: '', sequence: undefined, correlationId: 'c', messageId: 'm', time: '' };
  return { type, topic, data, raw, ...headers };
}

export function bulkChunks(ledger: TestLedger): BulkChunks {
  const bus = new CommandsBus(ledger.clock);
  return {
    ask: async (type, given) => {
      const message = received(type, given);
      await transaction(ledger.db(), (tx) => bus.execute({ tx, messages: [message] }));
      return lastAnswer(ledger, `${message.data.actionId}:${message.data.chunk}`);
    },
    crash: async (type, given) => {
      const message = received(type, given);
      const crashed = transaction(ledger.db(), async (tx) => {
        await bus.execute({ tx, messages: [message] });
        throw new Error('crashed before the commit');
      });
      await crashed.catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== 'crashed before the commit') throw error;
      });
    },
    askTogether: (asked) => {
      const messages = asked.map(({ type, given }) => received(type, given));
      return transaction(ledger.db(), (tx) => bus.execute({ tx, messages }));
    },
    idOf: async (number) =>
      (await row<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts WHERE number = ${number}`))?.id ?? '',
    pay: async (accountId, amount, effectiveDate = '2026-11-01') => {
      const found = await row<{ currency: string }>(
        ledger.db(),
        sql`SELECT currency FROM accounts WHERE id = ${accountId}`,
      );
      const given = { accountId, amount, effectiveDate, currency: found?.currency ?? '' };
      return (await transaction(ledger.db(), (tx) => recordPayment(tx, ledger.clock, supervisor, given))).id;
    },
  };
}

/** The answer to a chunk that was published last. */
export async function lastAnswer(ledger: TestLedger, key: string): Promise<ItemOutcome[]> {
  const found = await row<{ data: MessageData<'recoup.ledger.chunk-executed.v1'> }>(
    ledger.db(),
    sql`SELECT data FROM outbox WHERE topic = 'recoup.ledger.results' AND key = ${key} ORDER BY id DESC LIMIT 1`,
  );
  return found?.data.items ?? [];
}

/** Balance and credit by account number. */
export async function figures(ledger: TestLedger): Promise<Record<string, [balance: number, credit: number]>> {
  const found = await rows<{ number: string; balance: number; credit: number }>(
    ledger.db(),
    sql`SELECT number, balance, credit FROM accounts`,
  );
  return Object.fromEntries(found.map(({ number, balance, credit }) => [number, [balance, credit]]));
}

/** Types of an account's events after a sequence, in order. */
export async function eventsAfter(ledger: TestLedger, accountId: string, sequence: number): Promise<string[]> {
  const found = await rows<{ type: string }>(
    ledger.db(),
    sql`SELECT type FROM outbox WHERE topic = 'recoup.ledger.events' AND subject = ${accountId} AND sequence > ${sequence} ORDER BY id`,
  );
  return found.map(({ type }) => type.replace(/^recoup\.ledger\.(.*)\.v1$/, '$1'));
}

/** Fails when any invariant of the books does not hold: after every test of theirs. */
export async function requireInvariants(ledger: TestLedger): Promise<void> {
  const violations = await ledger.violations();
  if (violations.length > 0) throw new Error(`Invariants do not hold: ${JSON.stringify(violations, null, 1)}`);
}
