import { expect } from '@jest/globals';
import type { Seen } from './upstream.js';

/** What the service saw of a request that was answered with 200. */
export async function seen(response: Response): Promise<Seen> {
  expect(response.status).toBe(200);
  return (await response.json()) as Seen;
}

/** A refusal as it was answered. */
export async function problem(response: Response): Promise<{ status: number; code: string; detail: string }> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return (await response.json()) as { status: number; code: string; detail: string };
}
