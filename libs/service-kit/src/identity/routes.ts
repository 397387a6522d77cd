import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { needsKey, publicKey, type Need } from './access.js';

/** A route of the service's controllers and what it asks for; `need` is undefined where nothing was said. */
export interface Route {
  readonly handler: string;
  readonly method: string;
  readonly path: string;
  readonly need: Need | 'public' | undefined;
}

type Handler = (...parameters: never[]) => unknown;

/** Every HTTP route that Nest knows, with its permission. Paths are below the service's prefix. */
export function listRoutes(discovery: DiscoveryService, scanner: MetadataScanner, reflector: Reflector): Route[] {
  return discovery.getControllers().flatMap(({ metatype, instance }) => {
    if (!metatype || !instance) return [];
    const prototype: Record<string, unknown> = Object.getPrototypeOf(instance);
    const base = pathOf(metatype);
    return handlersOf(prototype, scanner).map((handler) => {
      const targets = [handler, metatype];
      const open = reflector.getAllAndOverride<boolean | undefined>(publicKey, targets);
      const need = open ? 'public' : reflector.getAllAndOverride<Need | undefined>(needsKey, targets);
      const method = RequestMethod[Number(Reflect.getMetadata(METHOD_METADATA, handler) ?? 0)] ?? 'GET';
      const path = [base, pathOf(handler)].filter((part) => part !== '').join('/');
      return { handler: `${metatype.name}.${handler.name}`, method, path, need };
    });
  });
}

function handlersOf(prototype: Record<string, unknown>, scanner: MetadataScanner): Handler[] {
  return scanner
    .getAllMethodNames(prototype)
    .map((name) => prototype[name])
    .filter((member): member is Handler => typeof member === 'function')
    .filter((member) => Reflect.hasMetadata(PATH_METADATA, member));
}

function pathOf(target: object): string {
  const path: unknown = Reflect.getMetadata(PATH_METADATA, target);
  return (typeof path === 'string' ? path : '').replace(/^\/+|\/+$/g, '');
}
