import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { MikroORM } from '@mikro-orm/postgresql';
import { row, run, sql, type Db } from '../database/database.js';
import { Clock } from './clock.js';

/** Table with the one instant that an administrator set, so that a restart and other replicas keep it. */
export const clockTablesSql = `
CREATE TABLE clock_setting (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  instant timestamptz NOT NULL,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL
)`;

/** The instant that was set, the real instant at which, and by whom; the clock runs on from there. */
export interface ClockSetting {
  readonly instant: string;
  readonly setAt: string;
  readonly setBy: string;
}

const reloadEveryMs = 1000;

/** A clock that an administrator sets; every replica reads the stored setting each second. */
export class TestClock extends Clock implements OnModuleInit, OnModuleDestroy {
  private aheadMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly orm: MikroORM) {
    super();
  }

  override now(): string {
    return new Date(Date.now() + this.aheadMs).toISOString();
  }

  async onModuleInit(): Promise<void> {
    await this.reload();
    this.timer = setInterval(() => void this.reload().catch(() => undefined), reloadEveryMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Takes over what is stored, at once after a change in this process. */
  async reload(): Promise<void> {
    const setting = await row<{ instant: string; set_at: string }>(
      this.orm.em.fork(),
      sql`SELECT instant, set_at FROM clock_setting`,
    );
    this.aheadMs = setting ? Date.parse(setting.instant) - Date.parse(setting.set_at) : 0;
  }
}

/**
 * Stores a setting, from this service's own route or told by another service; the one set last stands, so a message
 * that comes twice or late changes nothing.
 */
export async function storeClockSetting(tx: Db, setting: ClockSetting): Promise<void> {
  await run(
    tx,
    sql`INSERT INTO clock_setting (instant, set_at, set_by) VALUES (${setting.instant}, ${setting.setAt}, ${setting.setBy})
        ON CONFLICT (single) DO UPDATE SET instant = EXCLUDED.instant, set_at = EXCLUDED.set_at, set_by = EXCLUDED.set_by
        WHERE clock_setting.set_at < EXCLUDED.set_at`,
  );
}
