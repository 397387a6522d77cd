import { MikroORM } from '@mikro-orm/postgresql';
import { databaseOptions } from '@recoup/service-kit';
import { DeliveryWorker } from '../delivery-worker.js';
import { FolderTransport } from '../folder-transport.js';
import { sampleParts, sampleSource } from './sample-deliveries.js';

/** A process that delivers what is due and ends; a fault test kills it on the way. Arguments: database URL, folder. */
const [url = '', folder = ''] = process.argv.slice(2);
const orm = await MikroORM.init(databaseOptions(url, sampleParts, 4, 'deliver-child'));
const worker = new DeliveryWorker(orm, 'child', sampleSource, new FolderTransport(folder), (_level, message, extra) =>
  console.error(message, extra),
);
while (await worker.deliverNext());
await orm.close(true);
