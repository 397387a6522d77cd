/** `npm test [-- <pattern> …]`: every check of the project, ending with the plain line `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from './failure.js';
import { homeFolder, root } from './home.js';
import { startServers, type Servers } from './servers.js';
import { findSpecs } from './specs.js';

interface Count {
  passed: number;
  failed: number;
}

/** One line of the summary: what was checked, how long it took, how it ended. */
interface Part extends Count {
  name: string;
  seconds: number;
}

const parts: Part[] = [];
let servers: Servers | undefined;

function say(line: string): void {
  console.log(line);
}

async function part(name: string, work: () => Promise<Count>): Promise<void> {
  const since = performance.now();
  say(`\n— ${name}`);
  const count = await work().catch((error: unknown) => {
    say(messageOf(error));
    return { passed: 0, failed: 1 };
  });
  parts.push({ name, seconds: (performance.now() - since) / 1000, ...count });
}

function run(module: string, parameters: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', module), ...parameters], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** A tool that passes or fails as a whole counts as one check. */
async function check(module: string, ...parameters: string[]): Promise<Count> {
  const passed = (await run(module, parameters)) === 0;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
}

/** Runs jest over the files; a spec file that could not even be loaded counts as one failure. */
async function jest(files: string[], folder: string, ...parameters: string[]): Promise<Count> {
  const result = join(folder, 'jest.json');
  rmSync(result, { force: true });
  const given = ['--config', 'jest.config.mjs', '--json', '--outputFile', result, '--runTestsByPath', ...files];
  const status = await run('jest/bin/jest.js', [...parameters, ...given], {
    ...(servers === undefined ? {} : serverEnvironment(servers)),
    // What specs leave in the folder for temporary files goes with this run's own.
    TMPDIR: folder,
    // kafkajs sets timers for moments already past, harmlessly; Node 24 warns of each.
    NODE_OPTIONS:
      '--experimental-vm-modules --disable-warning=ExperimentalWarning --disable-warning=TimeoutNegativeWarning',
  });
  if (!existsSync(result)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(result, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numRuntimeErrorTestSuites: number;
  };
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  // Jest can fail without a failed test, for example when a worker dies: that must not pass unseen.
  return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
}

function serverEnvironment({ postgresUrl, kafkaBrokers }: Servers): NodeJS.ProcessEnv {
  return { RECOUP_TEST_POSTGRES_URL: postgresUrl, RECOUP_TEST_KAFKA_BROKERS: kafkaBrokers };
}

/** One PostgreSQL and one Kafka serve all specs but the end-to-end ones; they are started only when a chosen spec needs them. */
async function runQuick(quick: string[], folder: string): Promise<void> {
  if (quick.some((path) => !path.endsWith('.unit.spec.js'))) {
    await part('PostgreSQL and Kafka start', async () => {
      servers = await startServers(folder, homeFolder(), say);
      return { passed: 0, failed: 0 };
    });
    if (servers === undefined) return;
  }
  if (quick.length > 0) await part('unit and integration tests', () => jest(quick, folder));
  await stopServers();
}

async function stopServers(): Promise<void> {
  const started = servers;
  servers = undefined;
  await started?.stop();
}

function summary(): never {
  say('');
  for (const one of parts) {
    say(`${`${one.seconds.toFixed(1)} s`.padStart(9)}  ${one.name}: ${one.passed} passed, ${one.failed} failed`);
  }
  const failed = parts.reduce((total, one) => total + one.failed, 0);
  const passed = parts.reduce((total, one) => total + one.passed, 0);
  say(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

async function main(patterns: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-test-'));
  // PostgreSQL may run as another user, and must be able to enter.
  chmodSync(folder, 0o755);
  mkdirSync(homeFolder(), { recursive: true });
  const end = async (): Promise<void> => {
    await stopServers();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => void end().then(() => process.exit(130)));
  }
  const specs = findSpecs(root, patterns);
  if (patterns.length === 0) {
    await part('lint', () => check('oxlint/bin/oxlint', '--deny-warnings', '.'));
    await part('format', () => check('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'));
    // The build compiled everything, strictly, before this program could begin.
    await part('types', () => Promise.resolve({ passed: 1, failed: 0 }));
  }
  if (specs.quick.length + specs.endToEnd.length === 0) {
    await part(`no spec matches "${patterns.join(', ')}"`, () => Promise.resolve({ passed: 0, failed: 1 }));
  }
  await runQuick(specs.quick, folder);
  if (specs.endToEnd.length > 0) await part('end-to-end tests', () => jest(specs.endToEnd, folder, '--runInBand'));
  await end();
  summary();
}

await main(process.argv.slice(2));
