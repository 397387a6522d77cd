import {
  againstRule,
  forbidden,
  recordAudit,
  requireVersion,
  row,
  run,
  seesOffice,
  sql,
  withoutReadOnly,
  wrongState,
  type Actor,
  type Db,
  type SentFields,
} from '@recoup/service-kit';
import { mappingSchema, type Mapping } from '../mapping.js';
import { requireServiceType } from '../require-service-type.js';
import { readKeptMapping, type KeptMapping } from './kept-mapping.js';
import { shippedMapping } from './shipped-mappings.js';

/** A list of mappings is read whole. */
const keptMappingsMax = 200;

const entityType = 'import mapping';

/**
 * Keeps a mapping under its name, for further imports (LED-60).
 * @throws DomainError 403 for an office that isn't the actor's; 409 `name-taken`, also of a mapping that ships; 422 `file-name`,
 * `unknown-service-type`, `too-many-mappings`
 */
export async function addMapping(tx: Db, actor: Actor, mapping: Mapping): Promise<KeptMapping> {
  const { name } = mapping;
  if (shippedMapping(name)) throw nameTaken(`The mapping ${name} ships with Recoup and stays.`);
  if (/\.json$/i.test(name))
    throw againstRule('file-name', `${name} is the name of a file, by which the command line would look for one.`, [
      { field: 'name', message: 'ends as a file’s name does', expected: 'a name that does not end with .json' },
    ]);
  requireOwnOffices(actor, mapping);
  await requireServiceType(tx, mapping.serviceTypeCode, 'serviceTypeCode');
  const kept = await row<{ count: number }>(tx, sql`SELECT count(*) AS count FROM import_mappings`);
  if ((kept?.count ?? 0) >= keptMappingsMax)
    throw againstRule(
      'too-many-mappings',
      `There are ${keptMappingsMax} kept mappings, the most that there may be. Remove one that is not used any more.`,
    );
  const made = await row<{ id: string }>(
    tx,
    sql`INSERT INTO import_mappings (name, mapping) VALUES (${name}, ${JSON.stringify(mapping)}::json)
        ON CONFLICT (name) DO NOTHING RETURNING id`,
  );
  if (!made) throw nameTaken(`There is a mapping ${name} already. Replace it, or give this one another name.`);
  await recordAudit(tx, { actor: actor.user, action: 'create', entityType, entityId: made.id, after: mapping });
  return readKeptMapping(tx, made.id);
}

/**
 * Replaces what a kept mapping says; its name stays, and so does what is left out. Imports under way keep the one they began with.
 * @throws DomainError 400 `read-only`, 403 for an office that isn't the actor's, 404, 412, 422 `unknown-service-type`; ZodError
 * when it is no mapping any more
 */
export async function replaceMapping(
  tx: Db,
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<KeptMapping> {
  const stored = await readToChange(tx, actor, id, ifMatch);
  const before = mappingOf(stored);
  const sent = withoutReadOnly(input, { ...stored }, ['id', 'name', 'shipped', 'version']);
  // What one kind of file may lack is no field of another.
  const kept = (sent['kind'] ?? before.kind) === before.kind ? before : { name: before.name };
  const after = mappingSchema.parse({ ...kept, ...sent });
  requireOwnOffices(actor, after);
  await requireServiceType(tx, after.serviceTypeCode, 'serviceTypeCode');
  await run(
    tx,
    sql`UPDATE import_mappings SET mapping = ${JSON.stringify(after)}::json, version = version + 1 WHERE id = ${id}`,
  );
  await recordAudit(tx, { actor: actor.user, action: 'edit', entityType, entityId: id, before, after });
  return readKeptMapping(tx, id);
}

/**
 * Removes a kept mapping; its name is free again. Imports that it was used for keep it as it was.
 * @throws DomainError 403 for an office that isn't the actor's, 404, 412
 */
export async function removeMapping(
  tx: Db,
  actor: Actor,
  id: string,
  ifMatch: number | undefined,
): Promise<KeptMapping> {
  const stored = await readToChange(tx, actor, id, ifMatch);
  const before = mappingOf(stored);
  await run(tx, sql`DELETE FROM import_mappings WHERE id = ${id}`);
  await recordAudit(tx, { actor: actor.user, action: 'delete', entityType, entityId: id, before });
  return stored;
}

/** Locks a kept mapping on the version that was seen, for whoever may change it. */
async function readToChange(tx: Db, actor: Actor, id: string, ifMatch: number | undefined): Promise<KeptMapping> {
  const stored = await readKeptMapping(tx, id, true);
  requireVersion(ifMatch, stored.version);
  requireOwnOffices(actor, stored);
  return stored;
}

function mappingOf({ id: _id, shipped: _shipped, version: _version, ...mapping }: KeptMapping): Mapping {
  return mapping;
}

/** Whoever doesn't see an office changes no mapping by which it is made. */
function requireOwnOffices(actor: Actor, { offices }: Mapping): void {
  const foreign = offices.find(({ code }) => !seesOffice(actor, code));
  if (foreign) throw forbidden(`Your offices don't include ${foreign.code}, which the mapping makes.`);
}

function nameTaken(message: string): Error {
  return wrongState('name-taken', message);
}
