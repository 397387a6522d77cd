import { MikroORM } from '@mikro-orm/postgresql';
import { databaseOptions, Runner, SystemClock } from '@recoup/service-kit';
import { RunBulkAction } from '../bulk-actions/run-bulk-action.js';
import { collectionsDatabase } from '../database.js';

/** A process that carries out bulk actions until it is stopped; a fault test kills it on the way. Argument: database URL. */
const [url = ''] = process.argv.slice(2);
const orm = await MikroORM.init(databaseOptions(url, collectionsDatabase, 6, 'run-child'));
const runner = new Runner(
  orm,
  `child-${process.pid}`,
  [new RunBulkAction(new SystemClock())],
  (level, message, extra) => console.error(level, message, extra),
);
process.on('SIGTERM', () => {
  void runner.stop().then(() => process.exit(0));
});
runner.start();
