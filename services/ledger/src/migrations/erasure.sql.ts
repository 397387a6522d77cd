/**
 * Erased accounts (S28): name and contact data are gone together with the mark, or none of it. Answers kept under an
 * idempotency key that hold personal data are found by their account or freeze; the view says which contact keys are
 * still needed (S16).
 */
export const erasureSql = `
ALTER TABLE accounts
  ADD COLUMN erased_at timestamptz,
  ALTER COLUMN name DROP NOT NULL,
  ADD CONSTRAINT accounts_erased CHECK (CASE WHEN erased_at IS NULL THEN name IS NOT NULL
    ELSE name IS NULL AND language IS NULL AND contact IS NULL AND phone_hashes = '{}' AND email_hash IS NULL END);

CREATE INDEX idempotency_personal ON idempotency_keys ((coalesce(response->>'accountId', response->>'freezeId')))
  WHERE response->>'keyId' IS NOT NULL OR response->>'groupNumber' IS NOT NULL OR response->>'policyId' IS NOT NULL;

CREATE VIEW contact_keys_in_use AS
  SELECT 'accounts' AS kept_in, contact->>'keyId' AS key_id, count(*) AS rows FROM accounts WHERE contact IS NOT NULL GROUP BY 2
  UNION ALL SELECT 'freezes', notes->>'keyId', count(*) FROM freezes WHERE notes IS NOT NULL GROUP BY 2
  UNION ALL SELECT 'import_rows', fields->'sealed'->>'keyId', count(*) FROM import_rows
            WHERE fields->'sealed' IS NOT NULL GROUP BY 2
  UNION ALL SELECT 'idempotency_keys', response->>'keyId', count(*) FROM idempotency_keys
            WHERE response->>'keyId' IS NOT NULL GROUP BY 2;
`;
