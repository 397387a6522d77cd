import { againstRule, row, sql, type Db } from '@recoup/service-kit';

/**
 * A code that isn't known would be found by no row, but by every chunk: the import could not go on.
 * @param field where the code stands in the request
 * @throws DomainError 422 `unknown-service-type`
 */
export async function requireServiceType(tx: Db, code: string, field: string): Promise<void> {
  if (await row(tx, sql`SELECT FROM service_types WHERE code = ${code}`)) return;
  throw againstRule('unknown-service-type', `There is no service type ${code}.`, [
    { field, message: 'is not a service type', expected: 'a code of GET service-types' },
  ]);
}
