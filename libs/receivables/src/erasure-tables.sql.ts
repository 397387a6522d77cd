/** What the projection keeps of an erasure: the mark by which contact data never comes back (S28). For a later migration. */
export const receivablesErasureSql = `
ALTER TABLE account_contacts ADD COLUMN erased_at timestamptz;
UPDATE account_contacts c SET erased_at = a.erased_at FROM accounts a WHERE a.id = c.account_id AND a.erased_at IS NOT NULL;
CREATE VIEW contact_keys_in_use AS
  SELECT 'account_contacts' AS kept_in, contact->>'keyId' AS key_id, count(*) AS rows
  FROM account_contacts WHERE contact IS NOT NULL GROUP BY 2;
`;

/** Running numbers of the events that a service tells of accounts, where it keeps none elsewhere. */
export const accountNumbersSql = (service: 'precollections' | 'messaging'): string => `
CREATE TABLE account_numbers (account_id uuid PRIMARY KEY, sequence bigint NOT NULL) WITH (fillfactor = 80);
CREATE OR REPLACE VIEW aggregate_sequences AS
  SELECT 'recoup.${service}.events'::text AS topic, account_id::text AS aggregate_id, sequence FROM account_numbers;
GRANT SELECT, INSERT, UPDATE ON account_numbers TO recoup_${service};
GRANT SELECT ON account_numbers TO recoup_${service}_reader;
`;

/** What each role may do with these, for the same migration. */
export function receivablesErasureGrantsSql(service: 'collections' | 'precollections' | 'messaging'): string {
  return `GRANT SELECT ON contact_keys_in_use TO recoup_${service}, recoup_${service}_reader`;
}

/** Contact data that waits to be read, of accounts that an earlier version erased, goes as that of later erasures does. For a later migration. */
export const erasedContactsSql = `
UPDATE parked_messages SET value = NULL
WHERE topic LIKE '%recoup.ledger.contacts' AND value IS NOT NULL
  AND aggregate_id IN (SELECT account_id::text FROM account_contacts WHERE erased_at IS NOT NULL)`;

/** What a follower's role may not write of these on databases where it was given by default: numbers stay, and the view is read. */
export function receivablesNarrowerGrantsSql(service: 'collections' | 'precollections' | 'messaging'): string[] {
  const read = `REVOKE INSERT, UPDATE, DELETE ON contact_keys_in_use FROM recoup_${service}`;
  return service === 'collections' ? [read] : [read, `REVOKE DELETE ON account_numbers FROM recoup_${service}`];
}
