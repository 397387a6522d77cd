import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { listRoutes, type Route } from './routes.js';

/** Refuses to start with a route that says neither `@Public` nor `@Needs`, so that none is open by oversight (S1). */
@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** Every route of the service with its permission. */
  routes(): Route[] {
    return listRoutes(this.discovery, this.scanner, this.reflector);
  }

  onApplicationBootstrap(): void {
    const open = this.routes().filter(({ need }) => need === undefined);
    if (open.length === 0) return;
    throw new Error(`Routes without @Needs or @Public: ${open.map(({ handler }) => handler).join(', ')}`);
  }
}
