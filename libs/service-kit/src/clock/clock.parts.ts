import type { Provider, Type } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceConfig } from '../config.js';
import { Clock, SystemClock } from './clock.js';
import { ClockController, ON_CLOCK_SET, type OnClockSet } from './clock.http.js';
import { TestClock } from './test-clock.js';

export type { OnClockSet } from './clock.http.js';

/** Real time without a route, or the test clock with one, as the configuration says. */
export function clockParts(
  config: ServiceConfig,
  onClockSet?: OnClockSet,
): { providers: Provider[]; controllers: Type[]; exports: (Type | typeof Clock)[] } {
  if (!config.RECOUP_TEST_CLOCK)
    return { providers: [{ provide: Clock, useClass: SystemClock }], controllers: [], exports: [Clock] };
  return {
    providers: [
      { provide: TestClock, useFactory: (orm: MikroORM) => new TestClock(orm), inject: [MikroORM] },
      { provide: Clock, useExisting: TestClock },
      { provide: ON_CLOCK_SET, useValue: onClockSet ?? (() => Promise.resolve()) },
    ],
    controllers: [ClockController],
    exports: [Clock, TestClock],
  };
}
