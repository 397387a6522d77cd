/** Texts by key, in sections of any depth. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** Two dictionaries as one: sections that both have are joined; of a text that both have the second one's stands. */
export function joined(first: Texts, second: Texts): Texts {
  const result: Record<string, string | Texts> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = result[key];
    result[key] = typeof before === 'object' && typeof value === 'object' ? joined(before, value) : value;
  }
  return result;
}
