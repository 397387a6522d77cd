import { Migration } from '@mikro-orm/migrations';
import { moreTransactionsSql } from './more-transactions.sql.js';
import { payersTablesSql } from './payers-tables.sql.js';
import { subscriptionsTablesSql } from './subscriptions-tables.sql.js';

const role = 'recoup_ledger';
const reader = 'recoup_ledger_reader';

/** What the service may write of the new tables: nothing is deleted, and of what was booked only what isn't a figure changes. */
const grantsSql = [
  `GRANT INSERT ON payers TO ${role}`,
  `GRANT UPDATE (name, skip_group_number_check, skip_policy_id_check, active, version) ON payers TO ${role}`,
  `GRANT UPDATE (name, plural, active, version) ON transaction_types TO ${role}`,
  `GRANT UPDATE (responsibility_date, payer_invoice_id) ON bill_lines TO ${role}`,
  `GRANT SELECT, INSERT ON account_payers, payer_invoices, subscriptions, freezes, frozen_subscriptions TO ${role}`,
  `GRANT UPDATE (group_number, policy_id, active, version) ON account_payers TO ${role}`,
  `GRANT UPDATE (service_type_code, status, initial_service_discount, version) ON subscriptions TO ${role}`,
  `GRANT UPDATE (rolled_back_by, rolled_back_at) ON freezes TO ${role}`,
  `GRANT UPDATE (rolled_back_at) ON frozen_subscriptions TO ${role}`,
  `GRANT USAGE ON SEQUENCE payer_invoice_numbers TO ${role}`,
  `GRANT SELECT ON account_payers, payer_invoices, subscriptions, freezes, frozen_subscriptions TO ${reader}`,
];

/** Payers, queueing, referrals, custom write-offs, subscriptions and freezes. */
export class PayersMigration extends Migration {
  override up(): void {
    this.addSql('SELECT outbox_keep_partitions(30)');
    for (const statement of [payersTablesSql, moreTransactionsSql, subscriptionsTablesSql, ...grantsSql])
      this.addSql(statement);
    this.addSql(`CREATE OR REPLACE VIEW aggregate_sequences AS
      SELECT 'recoup.ledger.events'::text AS topic, id::text AS aggregate_id, sequence FROM accounts
      UNION ALL SELECT 'recoup.ledger.events', id::text, sequence FROM offices
      UNION ALL SELECT 'recoup.ledger.events', id::text, sequence FROM transaction_types
      UNION ALL SELECT 'recoup.ledger.events', id::text, sequence FROM payers
      UNION ALL SELECT 'recoup.ledger.events', id::text, sequence FROM service_types
      UNION ALL SELECT 'recoup.ledger.contacts', id::text, contact_sequence FROM accounts`);
  }
}
