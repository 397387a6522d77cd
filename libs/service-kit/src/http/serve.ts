import type { Server } from 'node:http';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { correlationMiddleware } from '../observability/correlation.js';
import { loggerModule } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { KitModule, type KitOptions } from './kit.module.js';
import { problemOf } from './problem.filter.js';
import { RateLimiter } from './rate-limiter.js';

const bodyLimit = '1mb';
const addressTimesUser = 10;

export interface ServeOptions extends KitOptions {
  /** The service's own module. */
  readonly module: Type | DynamicModule;
}

@Module({})
class ServiceRoot {}

/**
 * Makes the HTTP application of a service, not yet listening: routes below `api/<service>`, tokens, problem documents,
 * limits, headers, health, metrics and the API description. Message consumers are connected to it by the caller.
 */
export async function createHttp(options: ServeOptions): Promise<NestExpressApplication> {
  const { service, config, module } = options;
  const imports = [loggerModule(service, config.LOG_LEVEL), KitModule.forRoot(options), module];
  const root: DynamicModule = { module: ServiceRoot, imports };
  const app = await NestFactory.create<NestExpressApplication>(root, {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  app.set('query parser', 'simple');
  app.set('trust proxy', 'loopback');
  app.set('etag', false);
  app.use(correlationMiddleware);
  app.use(app.get(Metrics).middleware);
  app.use(helmet(), noStore, limitByAddress(app.get(RateLimiter)));
  app.useBodyParser('json', { limit: bodyLimit });
  app.setGlobalPrefix(`api/${service}`);
  serveDescription(app, service);
  return app;
}

/** Boots a service's HTTP side and listens on the configured host and port; port 0 takes a free one. */
export async function startHttp(options: ServeOptions): Promise<NestExpressApplication> {
  const app = await createHttp(options);
  const server: Server = await app.listen(options.config.PORT, options.config.HOST);
  server.requestTimeout = 120_000;
  return app;
}

function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
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

/** The API description is made when it is first asked for, so that no start waits for it. */
function serveDescription(app: NestExpressApplication, service: string): void {
  let description: OpenAPIObject | undefined;
  app.use(`/api/${service}/openapi.json`, (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET') return next();
    description ??= describeApi(app, service);
    response.json(description);
  });
}

function describeApi(app: NestExpressApplication, service: string): OpenAPIObject {
  const info = new DocumentBuilder()
    .setTitle(`Recoup ${service}`)
    .setDescription('Errors are problem documents (RFC 9457). Lists take filter, range and sort as JSON.')
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  return SwaggerModule.createDocument(app, info);
}
