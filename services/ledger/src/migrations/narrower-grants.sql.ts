/** Columns that the service may change of what it only adds to; to take a privilege from a table takes it from its columns too. */
const changeable = {
  account_payers: 'group_number, policy_id, active, version',
  subscriptions: 'service_type_code, status, initial_service_discount, version',
  freezes: 'rolled_back_by, rolled_back_at, rolled_back_action, notes',
  frozen_subscriptions: 'rolled_back_at, rolled_back_action',
};

/**
 * What the service's role may not do to payers' assignments and invoices, subscriptions, freezes and the daybook, on databases
 * where it was given by default: nothing of them is deleted, and figures follow postings alone (LED-1).
 */
export function narrowerGrantsSql(role: string): string[] {
  return [
    `REVOKE INSERT, UPDATE, DELETE ON daybook, daybook_entries, daybook_figures, contact_keys_in_use FROM ${role}`,
    `REVOKE UPDATE, DELETE ON payer_invoices, ${Object.keys(changeable).join(', ')} FROM ${role}`,
    ...Object.entries(changeable).map(([table, columns]) => `GRANT UPDATE (${columns}) ON ${table} TO ${role}`),
  ];
}
