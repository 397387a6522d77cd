import { HttpError } from 'react-admin';

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
export function httpErrorOf(status: number, body: unknown): HttpError {
  const problem = isProblem(body) ? body : undefined;
  return new HttpError(problem?.detail ?? problem?.title ?? `HTTP ${status}`, status, body);
}
