import type { z } from 'zod';

/** What kind of refusal an error is. Only the problem filter knows which HTTP status each one becomes. */
export type ProblemKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'state'
  | 'gone'
  | 'changed'
  | 'too-large'
  | 'rule'
  | 'too-many'
  | 'unavailable';

/** What is wrong with one field of the input and what would be right. `field` is its path, such as `selection.asOf`. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
  readonly expected?: string;
}

/**
 * A refusal with a code that programs can rely on, a sentence for people, and for input the fields (law 6). `members`
 * are further members of the problem document, such as the id of the run that stands in the way.
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly code: string,
    message: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** 400: the request can't be read. */
export function malformed(message: string, errors: readonly FieldProblem[] = [], code = 'malformed'): DomainError {
  return new DomainError('malformed', code, message, errors);
}

/** 401: there is no usable token. */
export function unauthenticated(message: string): DomainError {
  return new DomainError('unauthenticated', 'unauthenticated', message);
}

/** 403: the actor may not do this. */
export function forbidden(message: string, code = 'forbidden'): DomainError {
  return new DomainError('forbidden', code, message);
}

/** 404: there is none, or none that the actor's offices allow to see; the two are told alike. */
export function notFound(what: string): DomainError {
  return new DomainError('not-found', 'not-found', `There is no ${what}.`);
}

/** 409: not in the state that things are in. */
export function wrongState(code: string, message: string, members: Record<string, unknown> = {}): DomainError {
  return new DomainError('state', code, message, [], members);
}

/** 410: it existed and is no longer kept. */
export function gone(code: string, message: string): DomainError {
  return new DomainError('gone', code, message);
}

/** 412: what is to be changed is no longer what the caller saw (RFC 9110, If-Match). */
export function changedMeanwhile(message: string): DomainError {
  return new DomainError('changed', 'changed-meanwhile', message);
}

/** 413: more than is accepted or produced in one go; the message says what to do instead. */
export function tooLarge(code: string, message: string): DomainError {
  return new DomainError('too-large', code, message);
}

/** 422: readable, but against a rule. */
export function againstRule(code: string, message: string, errors: readonly FieldProblem[] = []): DomainError {
  return new DomainError('rule', code, message, errors);
}

/** 503: something that is needed can't be reached just now; trying again later may help. */
export function unavailable(code: string, message: string): DomainError {
  return new DomainError('unavailable', code, message);
}

type Issue = z.core.$ZodIssue;

/** The 400 of a schema's findings, every path in it. `prefix` is where in the request the value stood. */
export function malformedInput(issues: readonly Issue[], prefix = ''): DomainError {
  const errors = issues.flatMap((issue) => fieldProblems(issue, prefix));
  const fields = errors.map((error) => error.field || 'the body').slice(0, 5);
  return malformed(`The input is not usable: see ${fields.join(', ')}.`, errors, 'invalid-input');
}

function fieldProblems(issue: Issue, prefix: string): FieldProblem[] {
  const field = path(prefix, issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: path(field, [key]),
      message: 'is not a known field',
      expected: 'nothing',
    }));
  const expected = expectation(issue);
  return [{ field, message: issue.message, ...(expected === undefined ? {} : { expected }) }];
}

function path(prefix: string, segments: readonly PropertyKey[]): string {
  return [prefix, ...segments.map(String)].filter((part) => part !== '').join('.');
}

/** Formats that people know by other names than the schemas'. */
const formats: Readonly<Record<string, string>> = {
  guid: 'a UUID',
  uuid: 'a UUID',
  date: 'a day, YYYY-MM-DD',
  datetime: 'an instant in UTC, such as 2026-01-31T12:00:00Z',
};

function expectation(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected;
    case 'invalid_value':
      return issue.values.map(String).join(' | ');
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_format':
      return formats[issue.format] ?? (issue.pattern ? `${issue.format} ${issue.pattern}` : issue.format);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    default:
      return undefined;
  }
}
