// The way in of every npm script: checks Node, installs, goes on with the installed Node 24, builds, runs the command.
// Plain JavaScript without dependencies, since nothing is installed when it begins. It speaks on stderr only, so that
// the output of a command (a token, a report) can be used by another program.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const LEAST_NODE = 20;
const PARENT_CHECK_MS = 500;
// kafkajs asks for timeouts in the past, harmlessly; Node 24 warns of each.
const QUIET = '--disable-warning=TimeoutNegativeWarning';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const installedNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/** Command → the compiled module that does it, and arguments it always gets. */
const COMMANDS = {
  start: ['tools/dist/start.js'],
  test: ['tools/dist/test.js'],
  token: ['tools/dist/token.js'],
  recoup: ['tools/dist/recoup-cli/main.js'],
  bench: ['bench/dist/main.js', 'bench'],
  faults: ['bench/dist/main.js', 'faults'],
  'check-external': ['tools/dist/check-external.js'],
};

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Runs npm with its own Node, silently; its output is shown when it fails. */
function npm(parameters) {
  const script = process.env.npm_execpath;
  const [command, first] =
    script !== undefined && /npm-cli\.[cm]?js$/.test(script) ? [process.execPath, [script]] : ['npm', []];
  return spawnSync(command, [...first, ...parameters, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: command === 'npm' && process.platform === 'win32',
  });
}

function install({ fileStamp, isInstalled, readStamp, writeStamp }) {
  const since = performance.now();
  const stampFile = join(root, 'node_modules', '.recoup-lock');
  const wanted = fileStamp(join(root, 'package-lock.json'));
  if (readStamp(stampFile) === wanted && existsSync(installedNode)) return;
  if (existsSync(installedNode) && isInstalled(root)) return writeStamp(stampFile, wanted);
  say('Installing packages (once, one to three minutes) …');
  const clean = npm(['ci']);
  if (clean.status !== 0) {
    say(`npm ci refused, so npm install --no-save tries:\n${clean.stderr || clean.error?.message || ''}`);
    const loose = npm(['install', '--no-save']);
    if (loose.status !== 0) fail(`The packages could not be installed:\n${loose.stderr || loose.error?.message}`);
  }
  if (!existsSync(installedNode)) fail('The installation brought no Node 24 (node_modules/.bin/node).');
  writeStamp(stampFile, wanted);
  say(`Packages installed in ${seconds(since)}.`);
}

function build({ readStamp, sourceStamp, unbuilt, writeStamp }) {
  const since = performance.now();
  const stampFile = join(root, 'node_modules', '.recoup-build');
  const stamp = sourceStamp(root);
  if (readStamp(stampFile) === stamp && unbuilt(root).length === 0) {
    say(`Installed and built already (checked in ${seconds(since)}).`);
    return true;
  }
  say('Building …');
  rmSync(stampFile, { force: true });
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', 'nx', 'package.json'), 'utf8'));
  const nx = join(root, 'node_modules', 'nx', bin.nx);
  const built = spawnSync(process.execPath, [nx, 'run-many', '-t', 'build', '--parallel=2', '--outputStyle=static'], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', FORCE_COLOR: '0' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (built.status !== 0) {
    say(`${built.stdout}${built.stderr}\nThe build failed after ${seconds(since)}.`);
    return false;
  }
  writeStamp(stampFile, stamp);
  say(`Built in ${seconds(since)}.`);
  return true;
}

/** Goes on as the installed Node 24 and answers with its exit status; signals reach it, and it ends when this process does. */
function goOnWithInstalledNode() {
  const child = spawn(installedNode, [QUIET, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    cwd: root,
    env: environment(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  // Ctrl-C reaches the child by itself, since the terminal signals the whole group; this process only has to outlive it.
  process.on('SIGINT', () => undefined);
  stopWithParent(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`${installedNode} could not be started: ${error.message}`));
  child.on('exit', (code, name) => process.exit(code ?? (name === 'SIGINT' ? 130 : 143)));
}

function environment() {
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  return { ...process.env, PATH: path, RECOUP_BOOTSTRAPPED: 'yes' };
}

/** npm that is killed tells nobody: whoever it started notices by its own parent's change. */
function stopWithParent(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, PARENT_CHECK_MS);
  timer.unref();
}

async function run(command) {
  const [module, ...first] = COMMANDS[command];
  const path = join(root, module);
  if (!existsSync(path)) fail(`${module} is missing: the build did not bring it.`);
  process.argv = [process.execPath, path, ...first, ...process.argv.slice(3)];
  if (process.channel !== undefined) {
    process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.channel.unref();
  }
  await import(pathToFileURL(path).href);
}

async function main() {
  const command = process.argv[2];
  const major = Number(process.versions.node.split('.')[0]);
  if (major < LEAST_NODE) {
    fail(
      `Recoup needs Node ${LEAST_NODE} or newer to begin with; this is ${process.version}. Install one from nodejs.org.`,
    );
  }
  if (command === undefined || !Object.hasOwn(COMMANDS, command)) {
    fail(`Use: node tools/bootstrap.mjs <${Object.keys(COMMANDS).join('|')}> [arguments]`);
  }
  if (process.env.INIT_CWD === undefined) process.env.INIT_CWD = process.cwd();
  process.chdir(root);
  if (process.env.RECOUP_BOOTSTRAPPED !== 'yes') {
    const stamps = await import('./bootstrap/stamps.mjs');
    install(stamps);
    return goOnWithInstalledNode();
  }
  delete process.env.RECOUP_BOOTSTRAPPED;
  const stamps = await import('./bootstrap/stamps.mjs');
  if (!build(stamps)) {
    if (command === 'test') process.stdout.write('0 passed, 1 failed\n');
    process.exit(1);
  }
  await run(command);
}

await main();
