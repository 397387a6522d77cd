import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { instant } from '@recoup/contracts';
import { z } from 'zod';
import { recordAudit } from '../audit/audit.js';
import type { Db } from '../database/database.js';
import type { Answer } from '../http/answer.js';
import { idempotent, type KeyedRequest } from '../http/idempotency.js';
import { Keyed } from '../http/request.js';
import type { Actor } from '../identity/actor.js';
import { CurrentActor, Needs } from '../identity/access.js';
import { storeClockSetting, TestClock, type ClockSetting } from './test-clock.js';

/** Called in the transaction that sets the clock. */
export type OnClockSet = (tx: Db, setting: ClockSetting) => Promise<void>;
export const ON_CLOCK_SET = Symbol('on clock set');

const setClockBody = z.strictObject({ instant });

/** The test clock's route; it exists only where the test clock is switched on (`rulings`, 29). */
@ApiTags('clock')
@Controller('clock')
export class ClockController {
  constructor(
    private readonly clock: TestClock,
    private readonly orm: MikroORM,
    @Inject(ON_CLOCK_SET) private readonly onClockSet: OnClockSet,
  ) {}

  /** `{instant}`: the business clock's now. */
  @Needs('clock', 'read')
  @Get()
  read(): { instant: string } {
    return { instant: this.clock.now() };
  }

  /**
   * Sets the instant for all services, and answers it; the clock runs on from it. Administrators only. The same key again
   * does not set it back.
   */
  @Needs('clock', 'edit')
  @Put()
  async set(
    @Body({ schema: setClockBody }) { instant: given }: z.infer<typeof setClockBody>,
    @Keyed() request: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<{ instant: string }>> {
    const setting = { instant: given, setAt: new Date().toISOString(), setBy: actor.user };
    const answer = await idempotent(this.orm.em, request, async (tx) => {
      const after = { instant: given };
      const before = { instant: this.clock.now() };
      await storeClockSetting(tx, setting);
      await recordAudit(tx, { actor: actor.user, action: 'set-clock', entityType: 'clock', before, after });
      await this.onClockSet(tx, setting);
      return { status: 200, body: { instant: new Date(given).toISOString() } };
    });
    await this.clock.reload();
    return answer;
  }
}
