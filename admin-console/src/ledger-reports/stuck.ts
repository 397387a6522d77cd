/** A line and a shadow, so that a figure which it covers in part isn't read as a smaller one. */
const overNeighbour = '-1px 0 0 rgb(128 128 128 / 0.35), -10px 0 10px -8px rgb(0 0 0 / 0.45)';

/** The first column, and the one that the others lead to, stay in sight while the rest scrolls. */
export function stuckAt(columns: readonly { readonly main?: boolean }[], index: number) {
  if (index === 0) return { position: 'sticky', left: 0 } as const;
  if (columns[index]?.main) return { position: 'sticky', right: 0, boxShadow: overNeighbour } as const;
  return undefined;
}
