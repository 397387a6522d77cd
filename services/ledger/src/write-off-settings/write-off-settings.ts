import { z } from 'zod';
import { label } from '../reference-data/label.js';

/** Most custom write-offs that may be in use (LED-12). */
export const customWriteOffsMax = 20;

/** A custom write-off in use; `used` once a transaction has its type. */
export interface CustomWriteOff {
  readonly number: number;
  readonly code: string;
  readonly name: string;
  readonly plural: string;
  readonly used: boolean;
}

/** The settings as they are shown: as many custom write-offs as are in use, by number from 1. */
export interface WriteOffSettings {
  readonly inUse: number;
  readonly writeOffs: readonly CustomWriteOff[];
  readonly version: number;
}

/** Name and plural may be equal. What else was read may be sent back: number and code follow from the place in the list. */
const newCustomWriteOff = z.strictObject({
  name: label,
  plural: label,
  number: z.int().optional(),
  code: z.string().optional(),
  used: z.boolean().optional(),
});

/** The settings as an administrator sends them: `inUse` and exactly as many entries, by number from 1. */
export const newWriteOffSettings = z
  .strictObject({
    inUse: z.int().min(0).max(customWriteOffsMax),
    writeOffs: z.array(newCustomWriteOff).max(customWriteOffsMax),
    version: z.int().optional(),
  })
  .refine(({ inUse, writeOffs }) => writeOffs.length === inUse, {
    message: 'has not as many entries as are in use',
    path: ['writeOffs'],
  })
  .refine(({ writeOffs }) => writeOffs.every(inItsPlace), {
    message: 'lists the entries by number from 1, each with its own code',
    path: ['writeOffs'],
  });
export type NewWriteOffSettings = z.infer<typeof newWriteOffSettings>;

/** The code of the transaction type of a custom write-off. */
export function customWriteOffCode(number: number): string {
  return `custom-write-off-${number}`;
}

function inItsPlace({ number, code }: z.infer<typeof newCustomWriteOff>, index: number): boolean {
  const expected = index + 1;
  return (number ?? expected) === expected && (code ?? customWriteOffCode(expected)) === customWriteOffCode(expected);
}
