import { rows, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';

/**
 * Locks the states of a set of accounts in order of their ids, before anything else in the transaction (law 9); accounts
 * without a state get one. What is done to the accounts comes in a later statement, which then sees what a transaction
 * that held the lock before has committed.
 * @param accounts a query of one column, account_id
 */
export async function lockStates(tx: Db, accounts: RawBuilder<unknown>): Promise<void> {
  await run(
    tx,
    sql`INSERT INTO account_states (account_id)
        SELECT a.account_id FROM (${accounts}) a
        WHERE NOT EXISTS (SELECT 1 FROM account_states s WHERE s.account_id = a.account_id)
        ORDER BY a.account_id ON CONFLICT DO NOTHING`,
  );
  await rows(
    tx,
    sql`SELECT count(*) FROM (SELECT 1 FROM account_states WHERE account_id IN (${accounts}) ORDER BY account_id FOR UPDATE) locked`,
  );
}
