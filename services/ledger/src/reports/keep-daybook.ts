import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { row, sql, transaction } from '@recoup/service-kit';

const sumEveryMs = 60_000;
const entriesMax = 20_000;

/** Adds the daybook's entries to its sums once a minute, so that reports read few rows; one replica at a time does it. */
@Injectable()
export class KeepDaybook implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('daybook');
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly orm: MikroORM) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.sumUp());
    }, sumEveryMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  /** Reports are right whether or not it succeeds: what is not summed up is read as entries. */
  async sumUp(): Promise<void> {
    try {
      for (;;) if ((await this.sumSome()) < entriesMax) return;
    } catch (error) {
      this.log.warn(`the daybook can not be summed up now; trying again: ${String(error)}`);
    }
  }

  private async sumSome(): Promise<number> {
    const summed = await transaction(this.orm.em.fork(), (tx) =>
      row<{ entries: number }>(tx, sql`SELECT sum_up_daybook(${entriesMax}) AS entries`),
    );
    return summed?.entries ?? 0;
  }
}
