import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { DeliveryWorker, FolderTransport } from '@recoup/file-exchange';
import { SERVICE_CONFIG } from '@recoup/service-kit';
import type { CollectionsConfig } from '../config.js';
import { PlacementSource } from './placement-source.js';

/** Sends placement files into the agencies' folders for as long as the service runs. */
@Injectable()
export class DeliverFiles implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('deliveries');
  private readonly worker: DeliveryWorker;

  constructor(orm: MikroORM, source: PlacementSource, @Inject(SERVICE_CONFIG) config: CollectionsConfig) {
    const transport = new FolderTransport(config.RECOUP_AGENCIES_DIR);
    this.worker = new DeliveryWorker(
      orm,
      `collections-${config.RECOUP_INSTANCE}`,
      source,
      transport,
      (level, message, extra) => {
        const write = level === 'info' ? 'log' : level;
        this.log[write]({ ...extra, message });
      },
    );
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }
}
