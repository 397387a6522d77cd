/** What other programs put between fields where a comma belongs. */
export const separatorNames = { ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' } as const;
export type OtherSeparator = keyof typeof separatorNames;

const others = Object.keys(separatorNames) as OtherSeparator[];

/** By what a header is separated in which, cut at commas, columns are not found, though they stand in it. */
export function separatedBy(fields: readonly string[], missing: readonly string[]): OtherSeparator | undefined {
  return others.find((separator) => {
    const names = fields.flatMap((field) => field.split(separator));
    return names.length > fields.length && missing.some((name) => names.includes(name));
  });
}

/** By what the fields of a line are separated whose first one is quoted: no comma follows the closing quote. */
export function quotedSeparator(line: string): OtherSeparator | undefined {
  const [, found] = /^"(?:[^"]|"")*"([;\t|])/.exec(line) ?? [];
  return others.find((separator) => separator === found);
}
