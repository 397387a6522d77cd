import { Migration } from '@mikro-orm/migrations';
import type { ServiceName } from '@recoup/contracts';

/**
 * Blocks that seal the audit: each carries the hash of the one before and of its own lines, so that a line which is edited,
 * removed or slipped in later no longer fits (S20, I11).
 *
 * Lines are written unchained, for a chain would make every writer wait for the one before. The owner's trigger notes each new
 * line in `audit_unsealed` instead, in the writer's own transaction: what to seal is known by that mark and not by a cursor
 * over ids or instants, which are drawn before their commit. A block names its lines, for they commit in any order.
 */
export const auditSealsSql = `
CREATE TABLE audit_unsealed (audit_id uuid NOT NULL);
INSERT INTO audit_unsealed SELECT id FROM audit;

CREATE FUNCTION note_unsealed_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO audit_unsealed SELECT id FROM written;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_unsealed_note AFTER INSERT ON audit
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_unsealed_audit();

CREATE FUNCTION audit_line_digest(line audit) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(json_build_array(line.id, to_char(line.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), line.actor,
    line.action, line.entity_type, line.entity_id, line.account_id, line.bulk_action_id, line.before, line.after,
    line.correlation_id)::text, 'UTF8'))
$$;

CREATE TABLE audit_blocks (
  number bigint PRIMARY KEY CHECK (number > 0),
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  audit_ids uuid[] NOT NULL CHECK (cardinality(audit_ids) > 0),
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL
);
`;

/** A service's migration that lets its audit be sealed; what is there already is sealed first. */
export function auditSealsMigration(
  service: ServiceName,
): new (...given: ConstructorParameters<typeof Migration>) => Migration {
  const role = `recoup_${service}`;
  return class AuditSealsMigration extends Migration {
    override up(): void {
      this.addSql(auditSealsSql);
      this.addSql(`GRANT SELECT, DELETE ON audit_unsealed TO ${role}`);
      this.addSql(`GRANT SELECT, INSERT ON audit_blocks TO ${role}`);
      this.addSql(`GRANT SELECT ON audit_unsealed, audit_blocks TO ${role}_reader`);
    }
  };
}
