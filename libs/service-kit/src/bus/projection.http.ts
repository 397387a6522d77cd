import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { rows, sql } from '../database/database.js';
import { Needs } from '../identity/access.js';
import { projectionCurrency, type Currency } from './projection-currency.js';
import { BUS_CONFIG, type BusConfig } from './kafka.js';

/** How current this service's picture of a producer is. */
export interface ProjectionState extends Currency {
  readonly producer: string;
}

/** Shows how far this service has followed the others, for the console and for programs that wait for it. */
@ApiTags('projection')
@Controller('projection')
export class ProjectionController {
  constructor(
    private readonly orm: MikroORM,
    @Inject(BUS_CONFIG) private readonly bus: BusConfig,
  ) {}

  /** `[{producer, currentAsOf, eventsBehind}]`; `currentAsOf` is the instant up to which all has been applied. */
  @Needs('projection', 'read')
  @Get()
  async list(): Promise<ProjectionState[]> {
    const producers = await rows<{ service: string }>(
      this.orm.em.fork(),
      sql`SELECT DISTINCT service FROM relay_heartbeats ORDER BY service`,
    );
    return Promise.all(
      producers.map(async ({ service }) => ({
        producer: service,
        ...(await projectionCurrency(this.orm, service, this.bus.topicPrefix)),
      })),
    );
  }
}
