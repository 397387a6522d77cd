import {
  correlationId,
  idempotent,
  recordAudit,
  run,
  seesOffice,
  sql,
  transaction,
  type Actor,
  type Answer,
  type Clock,
  type ContactCipher,
  type Db,
  type KeyedRequest,
} from '@recoup/service-kit';
import { newId } from '../postings/book-transactions.js';
import { holdZones } from '../offices/office-day.js';
import { registerMissingOffices } from '../offices/register-office.js';
import { abandonImport, reasonOf, whileRead } from './abandon-imports.js';
import { cancelledMeanwhile } from './cancel-import.js';
import type { Mapping } from './mapping.js';
import { shippedMapping } from './mappings/shipped-mappings.js';
import { stageImport, type Staged } from './stage-import.js';
import { readImport, type ImportView } from './read-import.js';
import { requireServiceType } from './require-service-type.js';

/** A file that arrives, and how it is to be read. */
export interface NewImport {
  readonly fileName: string;
  readonly mapping: Mapping;
  readonly bytesMax: number;
  readonly source: AsyncIterable<Buffer>;
}

/**
 * Takes a file in (LED-60): the run exists from the first byte, stages chunk by chunk, and starts when the last byte is
 * there. A file that breaks off leaves nothing but a cancelled run. The key of a repeated request stands for the file's
 * content: the same file under it answers the first import and books nothing again.
 * @throws DomainError 422 `unknown-service-type`, what `stageImport` throws, 409 `import-cancelled` when it was meanwhile
 */
export async function startImport(
  db: Db,
  parts: { clock: Clock; cipher: ContactCipher },
  request: KeyedRequest,
  actor: Actor,
  given: NewImport,
): Promise<Answer<ImportView>> {
  const importId = await transaction(db, (tx) => openImport(tx, actor, given));
  try {
    const answer = await whileRead(db, importId, async () => {
      const staged = await stageImport(db, given.source, { importId, actor, ...given }, parts);
      const input = { fileName: given.fileName, mapping: readBy(given.mapping), checksum: staged.checksum };
      return idempotent(db, { ...request, input }, async (tx) => {
        await beginBooking(tx, importId, staged, actor, given);
        return { status: 201, body: await readImport(tx, importId, actor), headers: { Location: importId } };
      });
    });
    if (answer.body.id !== importId)
      await abandonImport(db, importId, `The same request had begun the import ${answer.body.id} before.`);
    return answer;
  } catch (error) {
    await abandonImport(db, importId, reasonOf(error));
    throw error;
  }
}

/** What a key stands for of a mapping: one that ships stays what it is; what any other says may change under its name. */
function readBy(mapping: Mapping): string | Mapping {
  return shippedMapping(mapping.name) === mapping ? mapping.name : mapping;
}

async function openImport(tx: Db, actor: Actor, { fileName, mapping }: NewImport): Promise<string> {
  const offices = mapping.offices.filter(({ code }) => seesOffice(actor, code));
  await registerMissingOffices(
    tx,
    offices.map((office) => ({ ...office, locale: office.locale ?? 'en-US' })),
  );
  await holdZones(tx);
  await requireServiceType(tx, mapping.serviceTypeCode, 'mapping.serviceTypeCode');
  const id = await newId(tx);
  await run(
    tx,
    sql`INSERT INTO runs (id, kind, type, status, actor, offices, correlation_id)
        VALUES (${id}, 'import', ${mapping.name}, 'previewing', ${actor.user}, ${[...actor.offices]}::text[], ${correlationId()})`,
  );
  await run(
    tx,
    sql`INSERT INTO imports (id, file_name, mapping_name, mapping)
        VALUES (${id}, ${fileName}, ${mapping.name}, ${JSON.stringify(mapping)}::json)`,
  );
  return id;
}

async function beginBooking(
  tx: Db,
  id: string,
  { checksum, bytes, records }: Staged,
  actor: Actor,
  given: NewImport,
): Promise<void> {
  await run(
    tx,
    sql`UPDATE imports SET checksum = ${checksum}, bytes = ${bytes}, records = ${records} WHERE id = ${id}`,
  );
  const begun = await run(
    tx,
    sql`UPDATE runs SET status = 'running', started_at = clock_timestamp(), version = version + 1
        WHERE id = ${id} AND status = 'previewing'`,
  );
  if (begun === 0) throw cancelledMeanwhile();
  const after = { mapping: given.mapping.name, records, checksum };
  await recordAudit(tx, { actor: actor.user, action: 'import', entityType: 'import', entityId: id, after });
}
