import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { unauthenticated } from '../http/problem.js';
import type { Actor } from './actor.js';
import type { Action, Resource } from './permissions.js';

export const publicKey = 'recoup:public';
export const needsKey = 'recoup:needs';

/** The cell of the role table that a route asks for. */
export interface Need {
  readonly resource: Resource;
  readonly action: Action;
}

/** A route that answers without a token: health, API description, metrics (S1). */
export function Public(): CustomDecorator {
  return SetMetadata(publicKey, true);
}

/** The permission that a route (or every route of a controller) needs; checked before anything is read. */
export function Needs(resource: Resource, action: Action): CustomDecorator {
  return SetMetadata(needsKey, { resource, action } satisfies Need);
}

/** A request whose token was verified. */
export type ActorRequest = Request & { actor?: Actor };

/** The actor of a request. */
export function actorOf(request: ActorRequest): Actor {
  if (!request.actor) throw unauthenticated('A bearer token is needed.');
  return request.actor;
}

/** Parameter decorator: the actor behind the request's token. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<ActorRequest>()),
);
