import { code } from '@recoup/contracts';
import {
  defineRecords,
  editedFields,
  recordAudit,
  requireVersion,
  row,
  run,
  sql,
  wrongState,
  type Actor,
  type Db,
  type RawBuilder,
  type Records,
  type SentFields,
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

/** A table of reference data: what it is called to people, what is shown of it, and what is edited. */
export interface ReferenceTable<T extends { name: string }> {
  readonly entity: string;
  readonly table: RawBuilder<unknown>;
  readonly rows: Records<ReferenceRow>;
  readonly edited: z.ZodType<T> & { readonly shape: Readonly<Record<string, unknown>> };
  /** Column and value pairs of what is edited. */
  values(edited: T): readonly { readonly column: RawBuilder<unknown>; readonly value: unknown }[];
}

export const serviceTypes: ReferenceTable<z.infer<typeof editedServiceType>> = {
  entity: 'service type',
  table: sql`service_types`,
  rows: defineRecords({
    name: 'service-types',
    entity: 'service type',
    columns: sql`r.id, r.code, r.name, r.is_fee AS "isFee", r.version`,
    from: sql`service_types r`,
    id: sql`r.id`,
    office: null,
  }),
  edited: editedServiceType,
  values: (edited) => [
    { column: sql`name`, value: edited.name },
    { column: sql`is_fee`, value: edited.isFee },
  ],
};

export const cancellationReasons: ReferenceTable<z.infer<typeof editedCancellationReason>> = {
  entity: 'cancellation reason',
  table: sql`cancellation_reasons`,
  rows: defineRecords({
    name: 'cancellation-reasons',
    entity: 'cancellation reason',
    columns: sql`r.id, r.code, r.name, r.version`,
    from: sql`cancellation_reasons r`,
    id: sql`r.id`,
    office: null,
  }),
  edited: editedCancellationReason,
  values: (edited) => [{ column: sql`name`, value: edited.name }],
};

/** Transaction types, with how each posts: the kind says (LED-12). */
export const transactionTypes = defineRecords<ReferenceRow>({
  name: 'transaction-types',
  entity: 'transaction type',
  columns: sql`r.id, r.code, r.name, r.plural, r.kind, r.active, r.version`,
  from: sql`transaction_types r`,
  id: sql`r.id`,
  office: null,
});

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
  return kind.rows.one(tx, made.id, actor);
}

/** Changes a row; its code stays. @throws DomainError 400, 404, 412 */
export async function editReference<T extends { name: string }>(
  tx: Db,
  kind: ReferenceTable<T>,
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<ReferenceRow> {
  await row(tx, sql`SELECT id FROM ${kind.table} WHERE id = ${id} FOR UPDATE`);
  const before = await kind.rows.one(tx, id, actor);
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
  return kind.rows.one(tx, id, actor);
}
