import { Migration } from '@mikro-orm/migrations';

/**
 * What a request or a message books carries its id (LED-2). One request may book several transactions on an account, a bulk
 * action one: they are numbered, so that the same command twice still books once, by the database's own constraint.
 */
export class RequestCommandsMigration extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE transactions ADD COLUMN command_part int NOT NULL DEFAULT 0');
    this.addSql('DROP INDEX transactions_command');
    this.addSql(
      'CREATE UNIQUE INDEX transactions_command ON transactions (command_id, account_id, command_part) WHERE command_id IS NOT NULL',
    );
  }
}
