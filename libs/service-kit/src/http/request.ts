import { createParamDecorator, Param, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, ApiQuery } from '@nestjs/swagger';
import type { Request } from 'express';
import { uuid } from '@recoup/contracts';
import { actorOf, type ActorRequest } from '../identity/access.js';
import type { KeyedRequest } from './idempotency.js';
import type { List, ListFilter } from './list-query.js';
import { malformed } from './problem.js';
import { parseIfMatch } from './versions.js';

type Filters = Record<string, ListFilter<unknown>>;

/** Parameter decorator: the request of a list, checked, as `ListQuery`; documents the query parameters too. */
export function ListParam<F extends Filters>(list: List<F>, also: readonly string[] = []): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext) =>
    list.parse(requestOf(context).query, also),
  );
  return documented(read(), [
    ApiQuery({ name: 'filter', required: false, type: String, description: describedFilters(list.definition) }),
    ApiQuery({
      name: 'range',
      required: false,
      type: String,
      description: 'JSON [from, to], counted from 0, both included',
    }),
    ApiQuery({
      name: 'sort',
      required: false,
      type: String,
      description: describedSorts(list.definition),
    }),
  ]);
}

/** The names, and what is said of those whose schema has a description. */
function describedFilters({ filters }: List<Filters>['definition']): string {
  const said = Object.entries(filters).flatMap(([name, { schema }]) =>
    schema.description === undefined ? [] : [`. ${name}: ${schema.description}`],
  );
  return `JSON object with any of: ${Object.keys(filters).join(', ')}${said.join('')}`;
}

function describedSorts({ sorts, amounts }: List<Filters>['definition']): string {
  const names = `JSON [name, "ASC" | "DESC"]; names: ${Object.keys(sorts).join(', ')}`;
  if (!amounts) return names;
  const sorted = amounts.sorts.join(', ');
  return `${names}. Amounts of different currencies are not compared: by ${sorted} rows stand by currency first, in order of its code, and the direction holds within each currency`;
}

/** Parameter decorator: what `idempotent` needs to know of the request. */
export function Keyed(): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext): KeyedRequest => {
    const request = requestOf(context);
    const { method, originalUrl: path, body: input } = request;
    return { actor: actorOf(request).user, key: idempotencyKey(request), method, path, input };
  });
  const description = 'Makes the request repeatable: the same key and input get the same answer and have one effect';
  return documented(read(), [ApiHeader({ name: 'Idempotency-Key', required: false, description })]);
}

/** Parameter decorator: the version that `If-Match` names, or undefined. */
export function IfMatch(): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext) =>
    parseIfMatch(requestOf(context).get('if-match')),
  );
  return documented(read(), [
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'ETag the resource was read with; 412 when it changed meanwhile',
    }),
  ]);
}

/** Parameter decorator: a UUID in the path; anything else is a 400 that names it. */
export function IdParam(name = 'id'): ParameterDecorator {
  return Param(name, { schema: uuid });
}

function requestOf(context: ExecutionContext): ActorRequest {
  return context.switchToHttp().getRequest<ActorRequest>();
}

function idempotencyKey(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw malformed('Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID.', [
    { field: 'Idempotency-Key', message: 'is not usable', expected: '1 to 255 visible ASCII characters' },
  ]);
}

/** A parameter decorator that also documents the route it stands in. */
function documented(parameter: ParameterDecorator, documentation: MethodDecorator[]): ParameterDecorator {
  return (target, key, index) => {
    parameter(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) for (const document of documentation) document(target, key, descriptor);
  };
}
