import { DomainError, idempotent, type Answer, type Db } from '@recoup/service-kit';
import type { Work } from './model-ledger.js';
import { supervisor, type TestLedger } from './test-ledger.js';

/** How a command reaches the ledger. */
export type Delivery = (ledger: TestLedger, work: Work) => Promise<Answer<Awaited<ReturnType<Work>>>>;

let keys = 0;

class Cut extends Error {}

/** Once, with a key that nothing else has. */
export const once: Delivery = (ledger, work) => keyed(ledger, work, nextKey());

/** Twice with one key; the second must be answered as the first was, by what was kept. */
export const twice: Delivery = async (ledger, work) => {
  const key = nextKey();
  const first = await keyed(ledger, work, key);
  const second = await keyed(ledger, work, key);
  if (second.headers['Idempotency-Hit'] !== 'true') throw new Error('A command that came again was done again');
  if (second.body.id !== first.body.id) throw new Error('A command that came again was answered otherwise');
  return first;
};

/** Cut off before one of its statements, or after the last before the commit, then done again with the same key. */
export function cutAfter(statements: number): Delivery {
  return async (ledger, work) => {
    const key = nextKey();
    const cutOff: Work = async (tx) => {
      await work(failingAfter(tx, statements));
      throw new Cut();
    };
    await keyed(ledger, cutOff, key).catch((error: unknown) => {
      if (!(error instanceof Cut)) throw error;
    });
    return keyed(ledger, work, key);
  };
}

/** The same transaction, in which only so many statements are run. */
function failingAfter(tx: Db, statements: number): Db {
  let left = statements;
  const kysely = tx.getKysely<Record<string, never>>().withPlugin({
    transformQuery: ({ node }) => {
      left -= 1;
      if (left < 0) throw new Cut();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const cut: Db = Object.create(tx, { getKysely: { value: () => kysely } });
  return cut;
}

function nextKey(): string {
  keys += 1;
  return `model-${keys}`;
}

function keyed(ledger: TestLedger, work: Work, key: string): ReturnType<Delivery> {
  const request = { actor: supervisor.user, key, method: 'POST', path: '/model', input: { key } };
  return idempotent(ledger.db(), request, async (tx) => ({ status: 201, body: await work(tx) }));
}

/** Does a command in one of the ways; answers the code with which it was refused, and the number of the fee that it cost. */
export async function deliver(
  ledger: TestLedger,
  work: Work,
  delivery: Delivery,
): Promise<{ refusal: string | null; feeNumber: string | null }> {
  try {
    const { body } = await delivery(ledger, work);
    return { refusal: null, feeNumber: body.nsfFee?.number ?? null };
  } catch (error) {
    if (error instanceof DomainError) return { refusal: error.code, feeNumber: null };
    throw error;
  }
}
