/** The first column, and the last where it is what the others lead to, stay in sight while the rest scrolls. */
export function stuckAt(columns: readonly { readonly main?: boolean }[], index: number) {
  if (index === 0) return { position: 'sticky', left: 0 } as const;
  if (index < columns.length - 1 || !columns[index]?.main) return undefined;
  return { position: 'sticky', right: 0, borderLeft: 1, borderLeftColor: 'divider' } as const;
}
