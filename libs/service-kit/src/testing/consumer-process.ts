import { busConfig, openBusDatabase, testLog } from './bus-fixture.js';
import { startStageConsumer } from './stage-consumer.js';

/** A consumer as a process of its own, for tests that kill it: `consumer-process.js <database URL> <prefix> <group>`. */
const [url = '', prefix = '', group = ''] = process.argv.slice(2);
await startStageConsumer(await openBusDatabase(url), busConfig(prefix), group, testLog);
