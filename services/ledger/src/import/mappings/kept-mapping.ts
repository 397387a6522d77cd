import { notFound, row, rows, sql, type Db } from '@recoup/service-kit';
import { mappingSchema, type Mapping } from '../mapping.js';
import { shippedMappings } from './shipped-mappings.js';

/** A mapping as it is shown: one that ships, whose id is its name, or one that people keep, which has a version. */
export type MappingView = Mapping & {
  readonly id: string;
  readonly shipped: boolean;
  readonly version: number | null;
};

/** A mapping that people keep for further imports. */
export type KeptMapping = Mapping & { readonly id: string; readonly shipped: false; readonly version: number };

interface Stored {
  readonly id: string;
  readonly mapping: unknown;
  readonly version: number;
}

const columns = sql`id, mapping, version`;

function viewOf({ id, mapping, version }: Stored): KeptMapping {
  return { id, shipped: false, version, ...mappingSchema.parse(mapping) };
}

/** One that people keep, locked where it is to be changed. @throws DomainError 404 */
export async function readKeptMapping(db: Db, id: string, lock = false): Promise<KeptMapping> {
  const found = await row<Stored>(
    db,
    sql`SELECT ${columns} FROM import_mappings WHERE id = ${id} ${lock ? sql`FOR UPDATE` : sql``}`,
  );
  if (!found) throw notFound('import mapping');
  return viewOf(found);
}

/** The one that people keep under a name. */
export async function findKeptMapping(db: Db, name: string): Promise<Mapping | undefined> {
  const found = await row<Stored>(db, sql`SELECT ${columns} FROM import_mappings WHERE name = ${name}`);
  return found && mappingSchema.parse(found.mapping);
}

/** All that there are: those that ship, then those that people keep, by name. */
export async function readMappings(db: Db): Promise<MappingView[]> {
  const shipped = shippedMappings.map((mapping) => ({ id: mapping.name, shipped: true, version: null, ...mapping }));
  const kept = await rows<Stored>(db, sql`SELECT ${columns} FROM import_mappings ORDER BY name COLLATE "C"`);
  return [...shipped, ...kept.map(viewOf)];
}
