import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { Run } from '../bus/consume-batch.js';
import { storeClockSetting, TestClock } from './test-clock.js';

/** Takes over the test clock's setting that was made at another service. */
@Controller()
export class ClockBus {
  constructor(private readonly clock: TestClock) {}

  @EventPattern('recoup.clock.set.v1')
  async set(@Payload() { tx, messages }: Run<'recoup.clock.set.v1'>): Promise<void> {
    for (const { data } of messages) await storeClockSetting(tx, data);
    setImmediate(() => void this.clock.reload().catch(() => undefined));
  }
}
