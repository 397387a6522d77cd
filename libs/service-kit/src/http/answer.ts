import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { contentRange } from './list-query.js';

/** What a handler answers when it needs a status or headers of its own; `body` undefined means no content. */
export class Answer<T = unknown> {
  constructor(
    readonly body: T,
    readonly status = 200,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** A page of a list with `Content-Range`, the only place where the console finds the total. */
export function listAnswer<T>(resource: string, from: number, page: { rows: T[]; total: number }): Answer<T[]> {
  return new Answer(page.rows, 200, { 'Content-Range': contentRange(resource, from, page.rows.length, page.total) });
}

/** Puts an `Answer` on the wire; anything else passes as it is. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((value: unknown) => {
        if (!(value instanceof Answer)) return value;
        response.status(value.status);
        for (const [name, text] of Object.entries(value.headers)) response.setHeader(name, text);
        return value.body;
      }),
    );
  }
}
