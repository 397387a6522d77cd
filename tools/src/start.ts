/** `npm start`: runs all of Recoup in the foreground on this machine, until SIGINT or SIGTERM. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareDatabases } from './databases.js';
import { Failure, messageOf } from './failure.js';
import { checkMemory, createHome, homeFolder, lockHome, root } from './home.js';
import { kafkaPart, waitForKafka } from './kafka.js';
import { stopLeftover } from './part.js';
import { checkPorts, portTable, services, type Ports } from './ports.js';
import { postgresPart, superuserUrl, waitForPostgres } from './postgres.js';
import { consolePart, issuerPart, issuerUrlOf, messageEnds, servicePart, type Installation } from './recoup-parts.js';
import { Supervisor, type SupervisedPart } from './supervisor.js';

/** Who uses whom, last user first: each group stops only when nobody needs it any more. */
const STOP_ORDER = [['console'], services, ['issuer', 'smtp-inbox', 'twilio-stand-in'], ['kafka'], ['postgres']];
const LEFTOVER_LIMIT_MS = 30_000;
const DEMO = 'tools/dist/recoup-cli/demo.js';

interface Options {
  demo: boolean;
  testClock: boolean;
}

/** Parts that run elsewhere and are only used, by the variable that names each. */
const elsewhere = {
  postgres: process.env['DATABASE_URL'] || undefined,
  kafka: process.env['KAFKA_BROKERS'] || undefined,
  issuer: process.env['OIDC_ISSUER'] || undefined,
};

function say(line: string): void {
  console.log(line);
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({ options: { 'no-demo': { type: 'boolean' }, 'test-clock': { type: 'boolean' } } });
    return { demo: values['no-demo'] !== true, testClock: values['test-clock'] === true };
  } catch (error) {
    throw new Failure(`${messageOf(error)}\nUse: npm start [-- --no-demo] [--test-clock]`);
  }
}

/** Stops what a launcher that was killed together with its keepers left behind, in the usual order. */
async function stopLeftovers(home: string): Promise<void> {
  for (const name of STOP_ORDER.flat()) {
    const stopSignal = name === 'postgres' ? 'SIGINT' : 'SIGTERM';
    if (await stopLeftover(home, { name, stopSignal, stopLimitMs: LEFTOVER_LIMIT_MS })) {
      say(`${name} was left over from an earlier start and has been stopped`);
    }
  }
}

function portsInUse(ports: Ports): Partial<Ports> {
  const used: Partial<Ports> = { ...ports };
  if (elsewhere.postgres !== undefined) delete used.postgres;
  if (elsewhere.issuer !== undefined) delete used.issuer;
  if (elsewhere.kafka !== undefined) {
    delete used.kafka;
    delete used['kafka-controller'];
  }
  return used;
}

async function startServers(home: string, ports: Ports, supervisor: Supervisor): Promise<Installation['databases']> {
  const superuser = elsewhere.postgres ?? superuserUrl(home, ports.postgres);
  const postgres: SupervisedPart = {
    name: 'postgres',
    prepare: () => postgresPart(home, ports.postgres),
    ready: (hasEnded) => waitForPostgres(superuser, undefined, hasEnded),
  };
  const kafka: SupervisedPart = {
    name: 'kafka',
    prepare: () => kafkaPart(home, { port: ports.kafka, controllerPort: ports['kafka-controller'] }, say),
    ready: (hasEnded) => waitForKafka(brokersOf(ports), undefined, hasEnded),
  };
  const databases = async (): Promise<Installation['databases']> => {
    await (elsewhere.postgres === undefined ? supervisor.start(postgres) : waitForPostgres(superuser, 10_000));
    return prepareDatabases(superuser, home);
  };
  const [prepared] = await Promise.all([
    databases(),
    elsewhere.kafka === undefined ? supervisor.start(kafka) : waitForKafka(brokersOf(ports), 20_000),
    ...(elsewhere.issuer === undefined ? [supervisor.start(issuerPart(home, ports))] : []),
    ...messageEnds(home, ports).map((end) => supervisor.start(end)),
  ]);
  return prepared;
}

function brokersOf(ports: Ports): string[] {
  return (elsewhere.kafka ?? `127.0.0.1:${ports.kafka}`).split(',').map((broker) => broker.trim());
}

/** Loads the demo books once; a load that was cut short is simply repeated, since imports book nothing twice. */
async function loadDemoBooks(home: string): Promise<void> {
  const done = join(home, 'demo-books');
  if (existsSync(done)) return;
  if (!existsSync(join(root, DEMO))) return say('no demo books: this build has none');
  const since = performance.now();
  say('loading the demo books (once) …');
  const demo: unknown = await import(pathToFileURL(join(root, DEMO)).href);
  if (typeof demo !== 'object' || demo === null || !('loadDemo' in demo) || typeof demo.loadDemo !== 'function') {
    throw new Failure(`${DEMO} exports no loadDemo().`);
  }
  await demo.loadDemo();
  writeFileSync(done, `${new Date().toISOString()}\n`);
  say(`demo books loaded (${seconds(since)})`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function startAll(home: string, options: Options, supervisor: Supervisor): Promise<void> {
  const since = performance.now();
  const ports = portTable(process.env['RECOUP_PORT']);
  await stopLeftovers(home);
  await checkPorts(portsInUse(ports));
  checkMemory();
  const installation: Installation = {
    home,
    ports,
    databases: await startServers(home, ports, supervisor),
    kafkaBrokers: brokersOf(ports).join(','),
    issuerUrl: elsewhere.issuer ?? issuerUrlOf(ports),
    testClock: options.testClock,
  };
  await Promise.all(services.map((service) => supervisor.start(servicePart(service, installation))));
  await supervisor.start(consolePart(installation));
  if (options.demo) await loadDemoBooks(home);
  say(`Recoup is ready at http://127.0.0.1:${ports.console} (${seconds(since)})`);
  if (elsewhere.issuer === undefined) {
    say('Sign in as collector, supervisor, supervisor2, administrator or auditor; the password is the name.');
  }
  say('Ctrl-C stops it and keeps its data.');
}

async function main(): Promise<void> {
  const options = readOptions();
  const home = homeFolder();
  createHome(home);
  const unlock = lockHome(home);
  const supervisor = new Supervisor(home, say);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      for (const names of STOP_ORDER) await supervisor.stop(names);
      unlock();
    })();
    return stopped;
  };
  const end = (): void => {
    if (stopped === undefined) say('stopping …');
    void stop().then(() => process.exit(0));
  };
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
  try {
    await startAll(home, options, supervisor);
  } catch (error) {
    // A start that is stopped half way fails somewhere; that is no error to report.
    if (stopped !== undefined) return;
    console.error(error instanceof Failure ? error.message : error);
    await stop();
    process.exit(1);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Failure ? error.message : error);
  process.exit(1);
});
