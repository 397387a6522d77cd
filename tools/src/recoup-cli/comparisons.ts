import type { Client } from 'pg';
import type { Service } from '../ports.js';
import type { Violation } from './invariants.js';

/** Two queries, on two databases, that must give the same rows; each gives a text key first. */
export interface Comparison {
  readonly title: string;
  readonly owner: string;
  readonly follower: string;
  /** Keys, as the follower names them, that may differ. */
  readonly exempt?: string;
}

const followedTopics = `('recoup.ledger.events', 'recoup.ledger.contacts')`;

/** What every projection of the ledger must have in common with it (I3, REP-4). */
export const ledgerComparisons: readonly Comparison[] = [
  {
    title: 'I3: the last sequence of each aggregate equals the owner’s, or the aggregate is parked',
    owner: `SELECT topic || ' ' || aggregate_id AS key, sequence::text AS value FROM aggregate_sequences WHERE topic IN ${followedTopics} AND sequence > 0`,
    follower: `SELECT substring(topic from 'recoup\\..*') || ' ' || aggregate_id AS key, sequence::text AS value FROM applied_sequences
               WHERE substring(topic from 'recoup\\..*') IN ${followedTopics}`,
    exempt: `SELECT DISTINCT substring(topic from 'recoup\\..*') || ' ' || aggregate_id AS key FROM parked_messages WHERE replayed_at IS NULL`,
  },
  {
    title: 'REP-4: each account’s balance and credit equal the ledger’s',
    owner: `SELECT id::text AS key, balance || ' ' || credit AS value FROM accounts`,
    follower: `SELECT id::text AS key, balance || ' ' || credit AS value FROM accounts`,
  },
  {
    title: 'REP-4: each invoice’s open amount equals the ledger’s',
    owner: `SELECT id::text AS key, open_amount::text AS value FROM invoices`,
    follower: `SELECT id::text AS key, open_amount::text AS value FROM invoices`,
  },
  {
    title: 'REP-4: what moved each account’s balance on each day equals the ledger’s',
    owner: `SELECT account_id || ' ' || effective_date AS key,
                   sum(CASE WHEN debit = 'receivable:self' THEN amount ELSE -amount END)::text AS value
            FROM postings WHERE 'receivable:self' IN (debit, credit) GROUP BY account_id, effective_date
            HAVING sum(CASE WHEN debit = 'receivable:self' THEN amount ELSE -amount END) <> 0`,
    follower: `SELECT account_id || ' ' || effective_date AS key, sum(amount)::text AS value
               FROM movements GROUP BY account_id, effective_date HAVING sum(amount) <> 0`,
  },
  {
    title:
      'S28: an account that was erased in the ledger is erased in the projection, name and contact data, and no other',
    owner: `SELECT id::text AS key, 'erased' AS value FROM accounts WHERE erased_at IS NOT NULL`,
    follower: `SELECT c.account_id::text AS key, 'erased' AS value FROM account_contacts c LEFT JOIN accounts a ON a.id = c.account_id
               WHERE c.erased_at IS NOT NULL AND c.name IS NULL AND c.contact IS NULL AND a.name IS NULL`,
  },
];

const offendersShown = 5;
const readRows = 5000;

/**
 * Compares two databases: by a sum of hashes first, which reads nothing into memory, and only where that differs row by
 * row in order of key, to name the first offenders.
 */
export async function compare(
  service: Service,
  comparison: Comparison,
  owner: Client,
  follower: Client,
): Promise<Violation | undefined> {
  const [left, right] = await Promise.all([
    fingerprint(owner, comparison.owner),
    fingerprint(follower, comparison.follower),
  ]);
  if (left === right) return undefined;
  const exempt = await exemptKeys(follower, comparison.exempt);
  const offenders = await differences(owner, comparison.owner, follower, comparison.follower, exempt);
  return offenders.length === 0 ? undefined : { service, title: comparison.title, offenders };
}

/** Few at any time: a consumer stops at a thousand parked aggregates. */
async function exemptKeys(follower: Client, query: string | undefined): Promise<ReadonlySet<string>> {
  if (query === undefined) return new Set();
  const { rows } = await follower.query<{ key: string }>(query);
  return new Set(rows.map(({ key }) => key));
}

async function fingerprint(client: Client, query: string): Promise<string> {
  const { rows } = await client.query<{ fingerprint: string }>(
    `SELECT count(*) || ':' || coalesce(sum(hashtextextended(key || ' ' || value, 0)::numeric), 0) AS fingerprint FROM (${query}) t`,
  );
  return rows[0]?.fingerprint ?? '';
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

async function differences(
  owner: Client,
  ownerQuery: string,
  follower: Client,
  followerQuery: string,
  exempt: ReadonlySet<string>,
): Promise<object[]> {
  const found: object[] = [];
  const tell = (key: string, of: object): void => void (exempt.has(key) || found.push({ key, ...of }));
  const left = entries(owner, ownerQuery);
  const right = entries(follower, followerQuery);
  let [a, b] = [await next(left), await next(right)];
  while ((a || b) && found.length < offendersShown) {
    if (a && b && a.key === b.key) {
      if (a.value !== b.value) tell(a.key, { owner: a.value, projection: b.value });
      [a, b] = [await next(left), await next(right)];
    } else if (a && (!b || a.key < b.key)) {
      tell(a.key, { owner: a.value, projection: null });
      a = await next(left);
    } else if (b) {
      tell(b.key, { owner: null, projection: b.value });
      b = await next(right);
    }
  }
  await Promise.all([left.return(undefined), right.return(undefined)]);
  return found;
}

async function next(source: AsyncGenerator<Entry>): Promise<Entry | undefined> {
  const { value, done } = await source.next();
  return done ? undefined : value;
}

/** Reads a query in order of key through a cursor; byte order, so that both sides and JavaScript agree. */
async function* entries(client: Client, query: string): AsyncGenerator<Entry> {
  await client.query('BEGIN READ ONLY');
  try {
    await client.query(`DECLARE entries CURSOR FOR SELECT key, value FROM (${query}) t ORDER BY key COLLATE "C"`);
    for (;;) {
      const { rows } = await client.query<Entry>(`FETCH ${readRows} FROM entries`);
      yield* rows;
      if (rows.length < readRows) return;
    }
  } finally {
    await client.query('ROLLBACK');
  }
}
