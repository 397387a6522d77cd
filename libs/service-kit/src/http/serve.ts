import type { Server } from 'node:http';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { correlationMiddleware } from '../observability/correlation.js';
import { loggerModule } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { KitModule, type KitOptions } from './kit.module.js';
import { serveDescription } from './api-description.js';
import { bodyError, problemOf } from './problem.filter.js';
import { RateLimiter } from './rate-limiter.js';

const bodyLimit = '1mb';
const addressTimesUser = 10;
/** Longer than whoever passes requests on keeps an idle connection, so that it is never the service that closes one first. */
const idleMs = 65_000;

export interface ServeOptions extends KitOptions {
  /** The service's own module. */
  readonly module: Type | DynamicModule;
  /** Where log lines go; standard output unless told. */
  readonly logTo?: DestinationStream;
}

@Module({})
class ServiceRoot {}

/**
 * Makes the HTTP application of a service, not yet listening: routes below `api/<service>`, tokens, problem documents,
 * limits, headers, health, metrics and the API description. Who starts it listens, connects message consumers, and ends
 * it on a signal: Nest's own shutdown hooks would end the process before the parts are stopped in order.
 */
export async function createHttp(options: ServeOptions): Promise<NestExpressApplication> {
  const { service, config, module } = options;
  const imports = [loggerModule(service, config.LOG_LEVEL, options.logTo), KitModule.forRoot(options), module];
  const root: DynamicModule = { module: ServiceRoot, imports };
  const app = await NestFactory.create<NestExpressApplication>(root, {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = idleMs;
  app.set('query parser', 'simple');
  app.set('trust proxy', 'loopback');
  app.set('etag', false);
  app.use(correlationMiddleware);
  app.use(app.get(Metrics).middleware);
  app.use(helmet(), noStore, limitByAddress(app.get(RateLimiter)));
  app.useBodyParser('json', { limit: bodyLimit });
  app.use(tellBodyError);
  app.setGlobalPrefix(`api/${service}`);
  serveDescription(app, service);
  return app;
}

function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** Names what the body parser refused; four parameters make it a handler of errors. */
function tellBodyError(error: unknown, _request: Request, _response: Response, next: NextFunction): void {
  next(bodyError(error) ?? error);
}

/** Counts by address before any token is looked at; behind a proxy many users share one, hence the larger limit. */
function limitByAddress(limiter: RateLimiter) {
  return (request: Request, response: Response, next: NextFunction): void => {
    try {
      limiter.take(`address:${request.ip}`, addressTimesUser);
    } catch (error) {
      const problem = problemOf(error);
      response
        .status(problem.status)
        .setHeader('Retry-After', '10')
        .type('application/problem+json')
        .send(JSON.stringify(problem));
      return;
    }
    next();
  };
}
