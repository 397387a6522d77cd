import type { FieldProblem } from '../api/problem.js';

/** The name of a field without the places in lists: `writeOffs.0.amount` is `writeOffs.amount`. */
export function fieldName(path: string): string {
  return partsOf(path)
    .filter((part) => !isPlace(part))
    .join('.');
}

/** Under which a field's words are looked for: with what it is a part of, then alone. */
export function labelKeys(path: string): string[] {
  const names = fieldName(path).split('.');
  const last = names.at(-1) ?? '';
  const of = names.at(-2);
  return of === undefined ? [last] : [`${of}-${last}`, last];
}

/** The place in a list that a path names, from 1; undefined for what stands in none. */
export function placeOf(path: string): number | undefined {
  const place = partsOf(path).find(isPlace);
  return place === undefined ? undefined : Number(place) + 1;
}

/** What would be right, as far as it can be said in words of a person's own: a limit. */
export type Expectation = { bound: 'atLeast' | 'atMost' } & ({ day: string } | { amount: number } | { number: number });

const limit = /^(at least|at most) (?:(\d{4}-\d{2}-\d{2})|(\d{1,15}))(?: in all)?$/;
const amounts = /(?:^|\.)(?:amount|allocations|nsfFee|initialServiceDiscount)$/;

/** Reads the limit that a service names; undefined for what is meant for programs, such as a route or a schema. */
export function expectationOf({ field, expected }: FieldProblem): Expectation | undefined {
  const [, words, day, digits] = limit.exec(expected ?? '') ?? [];
  if (words === undefined) return undefined;
  const bound = words === 'at least' ? 'atLeast' : 'atMost';
  if (day !== undefined) return { bound, day };
  return amounts.test(fieldName(field)) ? { bound, amount: Number(digits) } : { bound, number: Number(digits) };
}

/** The first problem of a field, named with or without the places in lists. */
export function problemOfField(errors: readonly FieldProblem[], field: string): FieldProblem | undefined {
  return errors.find((each) => each.field === field || fieldName(each.field) === field);
}

function partsOf(path: string): string[] {
  return path.split('.');
}

function isPlace(part: string): boolean {
  return /^\d+$/.test(part);
}
