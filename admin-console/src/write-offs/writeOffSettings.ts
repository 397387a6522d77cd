/** A write-off transaction type that an administrator defined: its name, and its column in the trial balance (LED-12). */
export interface CustomWriteOff {
  /** From 1; the place in the settings. */
  number: number;
  code: string;
  name: string;
  plural: string;
  /** Whether something was booked with it: then it may be renamed, never removed. */
  used: boolean;
}

export interface WriteOffSettings {
  inUse: number;
  writeOffs: CustomWriteOff[];
  version: number;
}

export const writeOffsMax = 20;

/** The fewest that can be in use: none above it was ever booked. */
export function fewestInUse({ writeOffs }: WriteOffSettings): number {
  return writeOffs.reduce((most, { number, used }) => (used && number > most ? number : most), 0);
}

/**
 * The fields of the settings for another number in use: those that were there keep their names, also when the number was
 * lowered and raised again before it was saved; new ones are blank.
 */
export function withInUse(known: readonly CustomWriteOff[], inUse: number): CustomWriteOff[] {
  return Array.from({ length: inUse }, (_, index) => {
    const number = index + 1;
    const found = known.find((each) => each.number === number);
    return found ?? { number, code: `custom-write-off-${number}`, name: '', plural: '', used: false };
  });
}

/** The numbers of those that lack a name or its plural; the two may be equal. */
export function unnamed(writeOffs: readonly CustomWriteOff[]): number[] {
  return writeOffs.filter(({ name, plural }) => name.trim() === '' || plural.trim() === '').map(({ number }) => number);
}

/** Whether a transaction type is one that an administrator defined in these settings. */
export function isCustomWriteOff(code: string): boolean {
  return code.startsWith('custom-write-off-');
}
