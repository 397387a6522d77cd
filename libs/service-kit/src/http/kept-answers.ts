import { Migration } from '@mikro-orm/migrations';
import type { ServiceName } from '@recoup/contracts';

/** What a service may change of a kept answer; to take a privilege from a table takes it from its columns too. */
const changeable = 'status, response, headers';

/**
 * A service's migration that keeps its answers: whose key stands for which input is written once, and a row is never deleted, for
 * then the same command would have a second effect (S7). An answer itself is still completed, sealed anew and erased.
 * @param further statements of the service's own, such as a function that takes back what came to nothing
 */
export function keptAnswersMigration(
  service: ServiceName,
  further: readonly string[] = [],
): new (...given: ConstructorParameters<typeof Migration>) => Migration {
  const role = `recoup_${service}`;
  const statements = [
    `REVOKE UPDATE, DELETE, TRUNCATE ON idempotency_keys FROM ${role}`,
    `GRANT UPDATE (${changeable}) ON idempotency_keys TO ${role}`,
    ...further,
  ];
  return class KeptAnswersMigration extends Migration {
    override up(): void {
      for (const statement of statements) this.addSql(statement);
    }
  };
}
