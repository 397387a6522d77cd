import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { abandonStaleImports, silentAfterSeconds } from './abandon-imports.js';

const lookEveryMs = 10_000;

/**
 * Looks at the start, and ever after, for imports whose ledger died while it read the file; any ledger ends them. After a look
 * that failed it waits until ledgers that live can have been heard again: while the database was away nobody was.
 */
@Injectable()
export class KeepImports implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('imports');
  private lookFrom = 0;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly orm: MikroORM) {}

  onApplicationBootstrap(): void {
    this.look();
    this.timer = setInterval(() => this.look(), lookEveryMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private look(): void {
    if (Date.now() < this.lookFrom) return;
    this.working = this.working
      .then(() => abandonStaleImports(this.orm.em.fork()))
      .catch((error: unknown) => {
        this.lookFrom = Date.now() + silentAfterSeconds * 1000;
        this.log.warn(`stale imports can not be ended now; trying again: ${String(error)}`);
      });
  }
}
