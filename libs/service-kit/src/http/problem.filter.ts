import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { ZodError } from 'zod';
import { isTransient } from '../bus/transient.js';
import { sqlState } from '../database/database.js';
import { correlationId } from '../observability/correlation.js';
import {
  DomainError,
  malformed,
  malformedInput,
  tooLarge,
  unavailable,
  wrongState,
  type ProblemKind,
} from './problem.js';

const statuses: Record<ProblemKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  state: 409,
  gone: 410,
  changed: 412,
  'too-large': 413,
  rule: 422,
  'too-many': 429,
  unavailable: 503,
};

const titles: Record<number, string> = {
  400: 'Malformed request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not possible in this state',
  410: 'No longer kept',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Media type not supported',
  422: 'Against a rule',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available just now',
};

/** A problem document (RFC 9457) with our members: `code`, `errors` by field, and the correlation id of the log. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly correlationId: string;
  readonly [member: string]: unknown;
}

/** Renders every error as a problem document: no stack, SQL or path leaves the process (S19). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error({ err: error, code: problem.code }, 'A request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const retryAfter = retryAfterSeconds(problem);
    if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** When trying again may help, in seconds: when the next window of requests has come, or what was missing is back. */
function retryAfterSeconds({ status, code }: ProblemDocument): number | undefined {
  if (status === 429) return 10;
  return status === 503 && code !== 'query-too-slow' ? 5 : undefined;
}

/** The problem document of any error. */
export function problemOf(error: unknown): ProblemDocument {
  const known = knownError(error);
  if (known) return document(statuses[known.kind], known.code, known.message, known);
  if (error instanceof HttpException) return httpProblem(error);
  return document(500, 'internal', 'Something went wrong on our side. The log has more under the correlation id.');
}

function document(status: number, code: string, detail: string, error?: DomainError): ProblemDocument {
  return {
    ...error?.members,
    type: `urn:recoup:problem:${code}`,
    title: titles[status] ?? 'Refused',
    status,
    code,
    detail,
    ...(error && error.errors.length > 0 ? { errors: error.errors } : {}),
    correlationId: correlationId(),
  };
}

function knownError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (error instanceof ZodError) return malformedInput(error.issues);
  return bodyError(error) ?? databaseError(error);
}

/** Nest's own exceptions: an unknown route above all. Their messages name the path asked for, so ours stands instead. */
function httpProblem(error: HttpException): ProblemDocument {
  const status = error.getStatus();
  if (status === 404) return document(404, 'not-found', 'There is no such resource or operation.');
  if (status === 400) return problemOf(misspelled());
  const title = titles[status] ?? 'Refused';
  return document(status, title.toLowerCase().replaceAll(' ', '-'), `${title}.`);
}

/** What the router can't decode reaches us as Nest's own 400: bodies are refused before, by `bodyError`. */
function misspelled(): DomainError {
  return malformed('The address is not properly encoded: a % stands before two hexadecimal digits, as in %20.');
}

/**
 * What the body parser refuses carries a `type`; its message may quote the body and is not passed on. Nest would wrap such
 * an error and lose the type, so it is told here first.
 */
export function bodyError(error: unknown): DomainError | undefined {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return tooLarge(
        'body-too-large',
        'The request body is larger than 1 MB, the most that is accepted. Send less at a time.',
      );
    case 'entity.parse.failed':
      return malformed('The request body is not valid JSON. Send one object in UTF-8, such as {"name":"value"}.');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return malformed('The request body must be JSON in UTF-8.');
    case 'request.aborted':
    case 'request.size.invalid':
      return malformed('The request body is not as long as its Content-Length says.');
    default:
      return error instanceof URIError ? misspelled() : undefined;
  }
}

/** Database errors that a request can cause; constraint and column names stay in the log. */
function databaseError(error: unknown): DomainError | undefined {
  switch (sqlState(error)) {
    case '22021':
    case '22P05':
      return malformed('Text may not contain the character U+0000.');
    case '22007':
    case '22008':
      return malformed(
        'A day or instant is not in the calendar, or out of range. A day is written YYYY-MM-DD, from 1900 on.',
      );
    case '22003':
      return malformed('A number is out of range.');
    case '23505':
      return wrongState('already-exists', 'There is one already with the same code, number or key.');
    case '57014':
      return unavailable('query-too-slow', 'The query took too long and was stopped. Narrow the filter.');
    case '40001':
    case '40P01':
      return unavailable('database-busy', 'Others are changing the same rows just now. Try again in a moment.');
    default:
      return isTransient(error) ? databaseUnavailable() : undefined;
  }
}

/** The server can't be reached, is starting or stopping, or no connection of the pool came free in time. */
function databaseUnavailable(): DomainError {
  return unavailable('database-unavailable', 'The database can not be reached just now. Try again in a moment.');
}
