import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { instant } from '@recoup/contracts';
import { z } from 'zod';
import { recordAudit } from '../audit/audit.js';
import { transaction, type Db } from '../database/database.js';
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

  /** Sets the instant for all services; the clock runs on from it. Administrators only. */
  @Needs('clock', 'edit')
  @Put()
  async set(
    @Body({ schema: setClockBody }) body: z.infer<typeof setClockBody>,
    @CurrentActor() actor: Actor,
  ): Promise<{ instant: string }> {
    const setting = { instant: body.instant, setAt: new Date().toISOString(), setBy: actor.user };
    const before = { instant: this.clock.now() };
    await transaction(this.orm.em, async (tx) => {
      await storeClockSetting(tx, setting);
      await recordAudit(tx, {
        actor: actor.user,
        action: 'set-clock',
        entityType: 'clock',
        before,
        after: { instant: body.instant },
      });
      await this.onClockSet(tx, setting);
    });
    await this.clock.reload();
    return { instant: this.clock.now() };
  }
}
