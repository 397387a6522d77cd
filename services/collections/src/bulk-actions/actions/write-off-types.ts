import { againstRule, rows, sql, type Db } from '@recoup/service-kit';

/**
 * Refuses a transaction type that the ledger would refuse for each account: one that is none of its active write-offs.
 * @throws DomainError 422 `unknown-transaction-type` that lists those there are
 */
export async function checkWriteOffType(db: Db, code: string): Promise<void> {
  const types = await rows<{ code: string }>(
    db,
    sql`SELECT code FROM transaction_types WHERE kind = 'write-off' AND active ORDER BY code`,
  );
  if (types.some((each) => each.code === code)) return;
  const expected = types.map((each) => each.code).join(' | ') || 'none is known yet';
  throw againstRule('unknown-transaction-type', `${code} is not an active write-off type.`, [
    { field: 'parameters.transactionTypeCode', message: 'is not an active write-off type', expected },
  ]);
}
