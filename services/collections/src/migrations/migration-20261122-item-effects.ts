import { Migration } from '@mikro-orm/migrations';

/** The amount of an item is its effect: what was skipped or failed has none, also in actions that ended before this. */
export class ItemEffectsMigration extends Migration {
  override up(): void {
    this.addSql(`UPDATE bulk_action_items SET amount = 0 WHERE status IN ('skipped', 'failed') AND amount <> 0`);
    this.addSql(`ALTER TABLE bulk_action_items ADD CONSTRAINT bulk_action_items_effect
      CHECK (status IN ('pending', 'done') OR amount = 0)`);
  }
}
