import type { KnownMapping, MappingKind, OwnMapping } from './mapping.js';

/** The kept mapping of a name; one that ships is none. */
export function keptMapping(mappings: readonly KnownMapping[], name: string): KnownMapping | undefined {
  return mappings.find((each) => !each.shipped && each.name === name);
}

/** A kept mapping as it is changed on the screen for a file: columns that the file lacks are to be chosen again. */
export function asOwnMapping(kept: KnownMapping, header: readonly string[]): OwnMapping {
  const columns = Object.entries(kept.columns).map(([field, column]) => [field, header.includes(column) ? column : '']);
  return {
    name: kept.name,
    columns: Object.fromEntries(columns),
    dates: kept.dates,
    offices: kept.offices,
    from: kept,
  };
}

/** Names of the mappings of a kind, those that ship first. */
export function namesOfKind(mappings: readonly KnownMapping[], kind: MappingKind): string[] {
  return mappings.filter((each) => each.kind === kind).map(({ name }) => name);
}
