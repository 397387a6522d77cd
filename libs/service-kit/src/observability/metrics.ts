import { Controller, Get, Injectable } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { Answer } from '../http/answer.js';
import { Public } from '../identity/access.js';

/** The service's metrics; other parts register theirs with `registers: [metrics.registry]`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly durations: Histogram<'method' | 'route' | 'status'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.durations = new Histogram({
      name: 'recoup_http_request_seconds',
      help: 'Duration of HTTP requests by route, in seconds',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10],
      registers: [this.registry],
    });
  }

  /** Times every request by its route's pattern, never by its address, which is unbounded. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    const stop = this.durations.startTimer();
    response.once('finish', () => {
      stop({ method: request.method, route: routeOf(request), status: response.statusCode });
    });
    next();
  };
}

function routeOf(request: Request): string {
  const route: unknown = request.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? path : 'none';
}

/** Figures for Prometheus: counts and durations only, so no token is asked for. */
@ApiTags('metrics')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Public()
  @Get()
  async read(): Promise<Answer<string>> {
    return new Answer(await this.metrics.registry.metrics(), 200, {
      'Content-Type': this.metrics.registry.contentType,
    });
  }
}
