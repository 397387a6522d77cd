import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { needsKey, publicKey } from './access.js';

/** Refuses to start with a route that says neither `@Public` nor `@Needs`, so that none is open by oversight (S1). */
@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (!metatype || !instance) return [];
      return this.routesOf(instance)
        .filter((handler) => !this.isDecided(handler, metatype))
        .map((handler) => `${metatype.name}.${handler.name}`);
    });
    if (open.length > 0) throw new Error(`Routes without @Needs or @Public: ${open.join(', ')}`);
  }

  private routesOf(instance: object): Handler[] {
    const prototype: Record<string, unknown> = Object.getPrototypeOf(instance);
    return this.scanner
      .getAllMethodNames(prototype)
      .map((name) => prototype[name])
      .filter((handler): handler is Handler => typeof handler === 'function')
      .filter((handler) => Reflect.hasMetadata(PATH_METADATA, handler));
  }

  private isDecided(handler: Handler, controller: Parameters<Reflector['get']>[1]): boolean {
    const targets = [handler, controller];
    return [publicKey, needsKey].some((key) => this.reflector.getAllAndOverride<unknown>(key, targets) !== undefined);
  }
}

type Handler = (...parameters: never[]) => unknown;
