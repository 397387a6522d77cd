/** `npm start`: runs all of Recoup in the foreground on this machine, until SIGINT or SIGTERM. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, messageOf } from './failure.js';
import { brokersOf, elsewhere, portsInUse, startFoundations, STOP_ORDER, stopLeftovers } from './foundations.js';
import { checkMemory, createHome, homeFolder, lockHome } from './home.js';
import { checkPorts, portTable, services } from './ports.js';
import { consolePart, issuerUrlOf, servicePart, type Installation } from './recoup-parts.js';
import { Supervisor } from './supervisor.js';

const FREED_PORTS_LIMIT_MS = 3_000;

interface Options {
  demo: boolean;
  testClock: boolean;
}

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

/** Loads the demo books once; a load that was cut short is simply repeated, since imports book nothing twice. */
async function loadDemoBooks(home: string): Promise<void> {
  const done = join(home, 'demo-books');
  if (existsSync(done)) return;
  const since = performance.now();
  say('loading the demo books (once) …');
  const { loadDemo } = await import('./recoup-cli/demo.js');
  await loadDemo();
  writeFileSync(done, `${new Date().toISOString()}\n`);
  say(`demo books loaded (${seconds(since)})`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function startAll(home: string, options: Options, supervisor: Supervisor): Promise<void> {
  const since = performance.now();
  const ports = portTable(process.env['RECOUP_PORT']);
  const stoppedLeftovers = await stopLeftovers(home, say);
  await checkPorts(portsInUse(ports), stoppedLeftovers ? FREED_PORTS_LIMIT_MS : 0);
  checkMemory();
  const installation: Installation = {
    home,
    ports,
    databases: await startFoundations(home, ports, supervisor, say),
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
