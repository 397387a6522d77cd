import type { KnownMapping, MappingKind, OwnMapping } from './mapping.js';

/** The kept mapping of a name; one that ships is none. */
export function keptMapping(mappings: readonly KnownMapping[], name: string): KnownMapping | undefined {
  return mappings.find((each) => !each.shipped && each.name === name);
}

/**
 * A kept mapping as it is changed on the screen for a file: columns that the file lacks are to be chosen again. Those that files
 * may lack stay, for the next file may have them.
 */
export function asOwnMapping(kept: KnownMapping, header: readonly string[]): OwnMapping {
  const stays = (field: string, column: string) => header.includes(column) || kept.optional.includes(field);
  const columns = Object.entries(kept.columns).map(([field, column]) => [field, stays(field, column) ? column : '']);
  return {
    name: kept.name,
    columns: Object.fromEntries(columns),
    dates: kept.dates,
    offices: kept.offices,
    from: kept,
  };
}

/** A kept mapping as an import is sent it: whole, so that the file is read as the page says, though it be replaced meanwhile. */
export function keptJson({ id: _id, shipped: _shipped, version: _version, ...mapping }: KnownMapping): string {
  return JSON.stringify(mapping);
}

/**
 * The kept mapping that is replaced when a mapping is kept under its name. One that was changed on the screen has the version that
 * it was taken from, by which the ledger notices that somebody else replaced it meanwhile.
 */
export function replacedBy({ name, from }: OwnMapping, mappings: readonly KnownMapping[]): KnownMapping | undefined {
  const replaced = keptMapping(mappings, name.trim());
  return replaced && replaced.id === from?.id ? { ...replaced, version: from.version } : replaced;
}

/** Names of the mappings of a kind, those that ship first. */
export function namesOfKind(mappings: readonly KnownMapping[], kind: MappingKind): string[] {
  return mappings.filter((each) => each.kind === kind).map(({ name }) => name);
}
