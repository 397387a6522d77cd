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

/** By what the fields of a line are separated whose quotes are wrong when it is cut at commas, and right when it is cut there. */
export function quotedSeparator(line: string): OtherSeparator | undefined {
  return others.find((separator) => {
    const field = `(?:"(?:[^"]|"")*"|[^"${separator}]*)`;
    return new RegExp(`^${field}(?:[${separator}]${field})+$`).test(line);
  });
}

/** What separates the fields, as Excel says it in a first line such as `sep=;`; undefined for any other line. */
export function declaredSeparator(fields: readonly string[]): string | undefined {
  return /^sep=(.)$/is.exec(fields.join(','))?.[1];
}

/** A separator in words. */
export function inWords(separator: string): string {
  return others.some((known) => known === separator) ? separatorNames[separator as OtherSeparator] : `“${separator}”`;
}
