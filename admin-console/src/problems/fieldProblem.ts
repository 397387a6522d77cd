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

/** The first problem of a field, named with or without the places in lists. */
export function problemOfField(errors: readonly FieldProblem[], field: string): FieldProblem | undefined {
  return errors.find((each) => each.field === field || fieldName(each.field) === field);
}

/** Whether a field of a form still has the value that was refused, and says so, or has got another since. */
export type FieldState = 'marked' | 'mended';

/** What a refusal's panel has to tell: the problems that no field of the form tells, and how the others stand. */
export interface Remainder {
  untold: FieldProblem[];
  /** `marked` while a field still says what is wrong with it, `mended` once all that did have been changed. */
  fields: FieldState | undefined;
}

/** What is left to be told of a refusal beside what its fields, named by their paths, tell. */
export function remainderOf(errors: readonly FieldProblem[], fields: ReadonlyMap<string, FieldState>): Remainder {
  const states = errors.flatMap(({ field }) => fields.get(field) ?? []);
  return {
    untold: errors.filter(({ field }) => !fields.has(field)),
    fields: states.includes('marked') ? 'marked' : states[0],
  };
}

function partsOf(path: string): string[] {
  return path.split('.');
}

function isPlace(part: string): boolean {
  return /^\d+$/.test(part);
}
