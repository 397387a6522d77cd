import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const storage = new AsyncLocalStorage<string>();

/**
 * The correlation id of the request or message being worked on, for logs, audit and outbox rows. Outside of any a new
 * one is made up, so that a row always has one.
 */
export function correlationId(): string {
  return storage.getStore() ?? randomUUID();
}

/** For log lines: the correlation id where there is one, and nothing outside of any request or message. */
export function currentCorrelation(): { correlationId?: string } {
  const id = storage.getStore();
  return id === undefined ? {} : { correlationId: id };
}

/** Runs `work` under a correlation id: what it logs and writes carries it. */
export function withCorrelation<T>(id: string | undefined, work: () => T): T {
  return storage.run(id !== undefined && acceptable.test(id) ? id : randomUUID(), work);
}

/** Taken from outside, so only harmless characters and a bounded length are let through to logs and headers. */
const acceptable = /^[A-Za-z0-9._-]{1,64}$/;

/** Express middleware: takes `X-Correlation-Id` when it is usable, else makes one up; answers carry it. */
export function correlationMiddleware(request: Request, response: Response, next: NextFunction): void {
  withCorrelation(request.get('x-correlation-id'), () => {
    response.setHeader('X-Correlation-Id', correlationId());
    next();
  });
}
