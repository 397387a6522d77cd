/** The first column, and the one that the others lead to, stay in sight while the rest scrolls. */
export function stuckAt(columns: readonly { readonly main?: boolean }[], index: number) {
  if (index === 0) return { position: 'sticky', left: 0 } as const;
  if (columns[index]?.main) return { position: 'sticky', right: 0 } as const;
  return undefined;
}
