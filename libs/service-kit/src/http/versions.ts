import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { changedMeanwhile, malformed, type FieldProblem } from './problem.js';

/** The `ETag` of a row that has a version column. */
export function etag(version: number): Record<string, string> {
  return { ETag: `"${version}"` };
}

/** The version that an `If-Match` header names; undefined without one or for `*`. */
export function parseIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header);
  if (match) return Number(match[1]);
  throw malformed('If-Match must be the ETag that the resource was read with, such as "3".', [
    { field: 'If-Match', message: 'is not an ETag of this service', expected: '"<version>"' },
  ]);
}

/** Refuses with 412 `changed-meanwhile` when the caller saw another version than the one that is stored. */
export function requireVersion(ifMatch: number | undefined, stored: number): void {
  if (ifMatch !== undefined && ifMatch !== stored)
    throw changedMeanwhile('Someone changed this meanwhile. Read it again and repeat your change.');
}

/** Whatever fields a PUT sends, for those that are read-only may come along; `editedFields` reads them. */
export const sentFields = z.record(z.string(), z.unknown());
export type SentFields = z.infer<typeof sentFields>;

/**
 * What a PUT makes of a stored row: fields that the schema knows are taken from the request, those that it leaves out stay
 * as they are stored, never as the schema's defaults for a new row would have them.
 * @throws DomainError 400 when a read-only field differs from what is stored; ZodError when a field is not as it must be
 */
export function editedFields<T>(
  schema: z.ZodType<T> & { readonly shape: Readonly<Record<string, unknown>> },
  input: Readonly<SentFields>,
  stored: Readonly<Record<string, unknown>>,
  readOnly: readonly string[],
): T {
  const kept = Object.fromEntries(Object.entries(stored).filter(([field]) => Object.hasOwn(schema.shape, field)));
  return schema.parse({ ...kept, ...withoutReadOnly(input, stored, readOnly) });
}

/**
 * Removes the read-only fields of a PUT, which react-admin sends back whole.
 * @throws DomainError 400 when one differs from what is stored
 */
export function withoutReadOnly(
  input: Readonly<Record<string, unknown>>,
  stored: Readonly<Record<string, unknown>>,
  readOnly: readonly string[],
): Record<string, unknown> {
  const errors: FieldProblem[] = readOnly
    .filter((field) => field in input && !isDeepStrictEqual(input[field], stored[field]))
    .map((field) => ({ field, message: 'is read-only', expected: JSON.stringify(stored[field]) ?? 'nothing' }));
  if (errors.length > 0)
    throw malformed('Read-only fields must be left out or as they are stored.', errors, 'read-only');
  return Object.fromEntries(Object.entries(input).filter(([field]) => !readOnly.includes(field)));
}
