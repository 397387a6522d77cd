/** What administrators named: its code and the name they gave it. */
export interface Named {
  code: string;
  name: string;
}

/** The name of a code; undefined while it is not known. */
export type NameOf = (code: string) => string | undefined;

/**
 * Finds names by their codes. Before they have come there is none, so that no code flashes up in the place of a name; a code
 * that came without one has the other name, which is the code itself unless told.
 */
export function nameFinder(named: readonly Named[] | undefined, otherName = (code: string) => code): NameOf {
  if (!named) return () => undefined;
  const names = new Map(named.map(({ code, name }) => [code, name]));
  return (code) => names.get(code) ?? otherName(code);
}

/** What a query of names has come to: what came; nothing where it failed, for then codes are all there is; else not known yet. */
export function cameOf<T>({ data, isError }: { data: T[] | undefined; isError: boolean }): T[] | undefined {
  return data ?? (isError ? [] : undefined);
}
