import { Runner } from '../runs/runner.js';
import { openBusDatabase, testLog } from './bus-fixture.js';
import { TestRuns } from './test-runs.js';

/** A runner as a process of its own, for tests that kill it: `runner-process.js <database URL> <name> <ms a chunk>`. */
const [url = '', name = '', chunkMs = '0'] = process.argv.slice(2);
const limits = { leaseSeconds: 1 };
new Runner(await openBusDatabase(url), name, [new TestRuns(name, Number(chunkMs))], testLog, limits).start();
