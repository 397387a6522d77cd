import { kafkaClient } from '../bus/kafka.js';
import { Relay } from '../bus/relay.js';
import { busConfig, openBusDatabase, testLog } from './bus-fixture.js';

/** A relay as a process of its own, for tests that kill it: `relay-process.js <database URL> <topic prefix>`. */
const [url = '', prefix = ''] = process.argv.slice(2);
const config = busConfig(prefix);
new Relay(await openBusDatabase(url), kafkaClient(config, testLog), 'collections', config, testLog).start();
