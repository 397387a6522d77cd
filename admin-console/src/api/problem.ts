import { HttpError } from 'react-admin';
import { isSilentStatus } from './askAgain.js';
import { serviceAt, type Service } from './services.js';

/** One field that a service refused, with what would be right. */
export interface FieldProblem {
  field: string;
  message: string;
  expected?: string;
}

/** RFC 9457 problem details as every service answers them. */
export interface Problem {
  type?: string;
  title?: string;
  status: number;
  code: string;
  detail?: string;
  errors?: FieldProblem[];
  /** Who was asked; added here, for a person wants to know who does not answer. */
  service?: Service | undefined;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'status' in value;
}

/** The problem behind an error, or undefined when it is something else (the network, a fault of the app). */
export function problemOf(error: unknown): Problem | undefined {
  const body: unknown = error instanceof HttpError ? error.body : undefined;
  return isProblem(body) ? body : undefined;
}

/** An answer that is no success, as react-admin expects errors; the message is the service's own sentence. */
export function httpErrorOf(status: number, body: unknown, path: string): HttpError {
  const problem = isProblem(body) ? { ...body, service: serviceAt(path) } : unanswered(status, path);
  return new HttpError(problem?.detail ?? problem?.title ?? `HTTP ${status}`, status, problem ?? body);
}

/** What stands between us and a service may say in its own way that it does not answer. */
function unanswered(status: number, path: string): Problem | undefined {
  if (!isSilentStatus(status)) return undefined;
  return { status, code: status === 504 ? 'service-timeout' : 'service-unreachable', service: serviceAt(path) };
}

/** Whether what was asked for is not there, or its address can't be one. */
export function isNotFound(error: unknown): boolean {
  const problem = problemOf(error);
  return problem?.status === 404 || (problem?.errors?.some(({ field }) => field === 'id') ?? false);
}
