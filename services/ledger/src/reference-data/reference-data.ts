import { code } from '@recoup/contracts';
import {
  editedFields,
  notFound,
  recordAudit,
  requireVersion,
  row,
  run,
  sql,
  wrongState,
  type Actor,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import { z } from 'zod';
import { lineOfText as name } from '../accounts/plain-text.js';

/** What people edit of a service type: a fee service type marks fees (LED-13). */
export const editedServiceType = z.strictObject({ name, isFee: z.boolean().default(false) });
export const newServiceType = editedServiceType.extend({ code });

/** What people edit of a cancellation reason (LED-13). */
export const editedCancellationReason = z.strictObject({ name });
export const newCancellationReason = editedCancellationReason.extend({ code });

/** A row of reference data, by its code; `version` counts its changes. */
export interface ReferenceRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** A table of reference data: what it is called to people, its columns, and what of it is edited. */
export interface ReferenceTable<T extends { name: string }> {
  readonly entity: string;
  readonly table: RawBuilder<unknown>;
  readonly columns: RawBuilder<unknown>;
  readonly edited: z.ZodType<T> & { readonly shape: Readonly<Record<string, unknown>> };
  /** Column and value pairs of what is edited. */
  values(edited: T): readonly { readonly column: RawBuilder<unknown>; readonly value: unknown }[];
}

export const serviceTypes: ReferenceTable<z.infer<typeof editedServiceType>> = {
  entity: 'service type',
  table: sql`service_types`,
  columns: sql`r.id, r.code, r.name, r.is_fee AS "isFee", r.version`,
  edited: editedServiceType,
  values: (edited) => [
    { column: sql`name`, value: edited.name },
    { column: sql`is_fee`, value: edited.isFee },
  ],
};

export const cancellationReasons: ReferenceTable<z.infer<typeof editedCancellationReason>> = {
  entity: 'cancellation reason',
  table: sql`cancellation_reasons`,
  columns: sql`r.id, r.code, r.name, r.version`,
  edited: editedCancellationReason,
  values: (edited) => [{ column: sql`name`, value: edited.name }],
};

type Shown = Pick<ReferenceTable<never>, 'entity' | 'table' | 'columns'>;

/** Transaction types, with how each posts: the kind says (LED-12). */
export const transactionTypes: Shown = {
  entity: 'transaction type',
  table: sql`transaction_types`,
  columns: sql`r.id, r.code, r.name, r.plural, r.kind, r.active, r.version`,
};

/** @throws DomainError 404 */
export async function readReference(db: Db, { entity, table, columns }: Shown, id: string): Promise<ReferenceRow> {
  const found = await row<ReferenceRow>(db, sql`SELECT ${columns} FROM ${table} r WHERE r.id = ${id}`);
  if (!found) throw notFound(entity);
  return found;
}

/** Adds a row. @throws DomainError 409 `code-taken` */
export async function addReference<T extends { name: string }>(
  tx: Db,
  kind: ReferenceTable<T>,
  actor: Actor,
  given: T & { code: string },
): Promise<ReferenceRow> {
  const values = kind.values(given);
  const made = await row<{ id: string }>(
    tx,
    sql`INSERT INTO ${kind.table} (code, ${sql.join(values.map(({ column }) => column))})
        VALUES (${given.code}, ${sql.join(values.map(({ value }) => value))}) ON CONFLICT (code) DO NOTHING RETURNING id`,
  );
  if (!made) throw wrongState('code-taken', `There is a ${kind.entity} ${given.code} already.`);
  await recordAudit(tx, {
    actor: actor.user,
    action: 'create',
    entityType: kind.entity,
    entityId: made.id,
    after: given,
  });
  return readReference(tx, kind, made.id);
}

/** Changes a row; its code stays. @throws DomainError 400, 404, 412 */
export async function editReference<T extends { name: string }>(
  tx: Db,
  kind: ReferenceTable<T>,
  actor: Actor,
  id: string,
  input: Record<string, unknown>,
  ifMatch: number | undefined,
): Promise<ReferenceRow> {
  await row(tx, sql`SELECT id FROM ${kind.table} WHERE id = ${id} FOR UPDATE`);
  const before = await readReference(tx, kind, id);
  requireVersion(ifMatch, before.version);
  const edited = editedFields(kind.edited, input, before, ['id', 'code', 'version']);
  const changes = kind.values(edited).map(({ column, value }) => sql`${column} = ${value}`);
  await run(tx, sql`UPDATE ${kind.table} SET ${sql.join(changes)}, version = version + 1 WHERE id = ${id}`);
  await recordAudit(tx, {
    actor: actor.user,
    action: 'edit',
    entityType: kind.entity,
    entityId: id,
    before,
    after: edited,
  });
  return readReference(tx, kind, id);
}
