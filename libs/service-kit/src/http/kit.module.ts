import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceName } from '@recoup/contracts';
import { clockParts, type OnClockSet } from '../clock/clock.parts.js';
import type { ServiceConfig } from '../config.js';
import { ContactCipher } from '../contacts/contact-cipher.js';
import { AuthenticationGuard } from '../identity/authentication.guard.js';
import { RouteCheck } from '../identity/route-check.js';
import { TokenVerifier } from '../identity/token-verifier.js';
import { HealthController, HEALTH_INDICATORS, type HealthIndicator } from '../observability/health.http.js';
import { Metrics, MetricsController } from '../observability/metrics.js';
import { AnswerInterceptor } from './answer.js';
import { InputPipe } from './input-pipe.js';
import { ProblemFilter } from './problem.filter.js';
import { RateLimiter } from './rate-limiter.js';

/** Injection token of the service's configuration. */
export const SERVICE_CONFIG = Symbol('service configuration');

/** What every service hands to the kit at boot. */
export interface KitOptions {
  readonly service: ServiceName;
  readonly config: ServiceConfig;
  readonly orm: MikroORM;
  /** What must be up before the service is ready; the database is always among them. */
  readonly indicators?: readonly HealthIndicator[];
  /** Called in the transaction that sets the test clock, to tell the other services. */
  readonly onClockSet?: OnClockSet;
}

/**
 * What every service has: authentication, problem documents, validation, clock, health, metrics. Global, so that a
 * service's own module injects `MikroORM`, `Clock`, `Metrics` and `SERVICE_CONFIG` without importing anything.
 */
@Module({})
export class KitModule {
  static forRoot({ service, config, orm, indicators = [], onClockSet }: KitOptions): DynamicModule {
    const clock = clockParts(config, onClockSet);
    return {
      module: KitModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [HealthController, MetricsController, ...clock.controllers],
      providers: [
        { provide: SERVICE_CONFIG, useValue: config },
        { provide: MikroORM, useValue: orm },
        { provide: TokenVerifier, useValue: new TokenVerifier(config.OIDC_ISSUER, config.OIDC_AUDIENCE) },
        { provide: RateLimiter, useValue: new RateLimiter(config.RECOUP_RATE_LIMIT) },
        { provide: Metrics, useValue: new Metrics(service) },
        { provide: HEALTH_INDICATORS, useValue: indicators },
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_PIPE, useValue: new InputPipe() },
        { provide: ContactCipher, useFactory: () => contactCipher(config) },
        RouteCheck,
        ...clock.providers,
      ],
      exports: [SERVICE_CONFIG, MikroORM, Metrics, ContactCipher, ...clock.exports],
    };
  }
}

/** The cipher of the configured key file; a service without one must not touch contact data, and says so at boot. */
function contactCipher(config: ServiceConfig): ContactCipher {
  if (!config.RECOUP_CONTACT_KEYS) throw new Error('RECOUP_CONTACT_KEYS must be the path of the contact keys file');
  return ContactCipher.fromFile(config.RECOUP_CONTACT_KEYS);
}
