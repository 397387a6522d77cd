import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { homeFolder, root } from './home.js';
import { isFree, portTable, type Ports, type Service } from './ports.js';
import { token } from './token.js';

/** How a trial system is to run. */
export interface TrialOptions {
  readonly demo?: boolean;
  readonly testClock?: boolean;
  /** Users beside the demo users, for trials of offices and roles. */
  readonly users?: readonly { name: string; password: string; role: string; offices: string[] }[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Where a process ended itself by plan, and its id. */
export interface PlannedFailure {
  readonly failpoint: string;
  readonly pid: number;
}

const readyLimitMs = 240_000;
const stopLimitMs = 60_000;
/** Below the ports that the system lends to outgoing connections, one of which might hold ours when a part starts again. */
const lastBase = 32_000;
/** Above the last port that no browser opens. */
const firstBase = 10_081;

/**
 * A whole Recoup of its own, started by the same command as a person's (`tools/dist/start.js`), in a home folder and on
 * ports of its own, for end-to-end tests, faults and benches. Its parts can be killed by name.
 */
export class TrialSystem {
  private constructor(
    readonly home: string,
    readonly ports: Ports,
    private readonly launcher: ChildProcess,
    private readonly output: string[],
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.ports.console}`;
  }

  static async start(options: TrialOptions = {}): Promise<TrialSystem> {
    const home = mkdtempSync(join(tmpdir(), 'recoup-trial-'));
    chmodSync(home, 0o755);
    if (options.users) writeFileSync(join(home, 'issuer-users.json'), JSON.stringify(options.users));
    return TrialSystem.startIn(home, await freeBase(), options);
  }

  /** Starts again in a home folder that an earlier system left, on the same ports. */
  static async startIn(home: string, base: number, options: TrialOptions = {}): Promise<TrialSystem> {
    const args = [...(options.demo ? [] : ['--no-demo']), ...(options.testClock ? ['--test-clock'] : [])];
    const libs = join(homeFolder(), 'kafka', 'libs');
    const env = {
      ...process.env,
      ...(existsSync(libs) ? { RECOUP_KAFKA_LIBS: libs } : {}),
      RECOUP_HOME: home,
      RECOUP_PORT: String(base),
      RECOUP_FAILPOINTS_DIR: join(home, 'failpoints'),
      ...options.env,
    };
    for (const name of ['DATABASE_URL', 'KAFKA_BROKERS', 'OIDC_ISSUER', 'NODE_OPTIONS'])
      Reflect.deleteProperty(env, name);
    const launcher = spawn(process.execPath, [join(root, 'tools', 'dist', 'start.js'), ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    const system = new TrialSystem(home, portTable(String(base)), launcher, output);
    launcher.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    launcher.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    await system.untilReady();
    return system;
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + readyLimitMs;
    while (!this.log.includes('Recoup is ready')) {
      if (this.launcher.exitCode !== null) throw new Error(`Recoup did not start:\n${this.log}`);
      if (Date.now() > deadline) throw new Error(`Recoup was not ready in time:\n${this.log}`);
      await sleep(100);
    }
  }

  /** What the launcher said. */
  get log(): string {
    return this.output.join('');
  }

  /** A bearer token of a demo user with that role, or of an added user by name. */
  token(role: string, user = '1'): Promise<string> {
    return token(role, user, { home: this.home, issuerUrl: `http://127.0.0.1:${this.ports.issuer}` });
  }

  /** Where a service answers, past the console. */
  api(service: Service): string {
    return `http://127.0.0.1:${this.ports[service]}/api/${service}`;
  }

  /** Environment in which `npm run recoup` and `npm run token` speak to this system. */
  get environment(): Record<string, string> {
    return { RECOUP_HOME: this.home, RECOUP_PORT: String(this.ports.console) };
  }

  pid(part: string): number {
    return Number(readFileSync(join(this.home, 'run', `${part}.pid`), 'utf8').trim());
  }

  /** Ends a part at once, as a crash would; the launcher starts it again. */
  kill(part: string): void {
    process.kill(this.pid(part), 'SIGKILL');
  }

  /** Plans that a service ends itself when it passes a place for the n-th time, after its next start. */
  planFailure(service: Service, failpoint: string, nth: number): void {
    const folder = join(this.home, 'failpoints');
    mkdirSync(folder, { recursive: true });
    rmSync(join(folder, `${service}.ended`), { force: true });
    writeFileSync(join(folder, service), `${failpoint}@${nth}`);
  }

  /** Whether a planned failure lies ahead: the service takes the plan away as it starts with it. */
  failureTaken(service: Service): boolean {
    return !existsSync(join(this.home, 'failpoints', service));
  }

  /** The failure that happened since it was planned, by the note that the process left as it ended itself. */
  failureOf(service: Service): PlannedFailure | undefined {
    const path = join(this.home, 'failpoints', `${service}.ended`);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as PlannedFailure) : undefined;
  }

  /** Waits until a service says that all of it is up. */
  async untilHealthy(service: Service, limitMs = 120_000): Promise<void> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const answer = await fetch(`${this.api(service)}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > deadline) throw new Error(`${service} did not become healthy in time`);
      await sleep(200);
    }
  }

  /** Ends everything in order and, unless it is to be started again, takes its home folder away. */
  async stop(keepHome = false): Promise<void> {
    if (this.launcher.exitCode === null) {
      const ended = new Promise((resolve) => {
        this.launcher.once('exit', resolve);
      });
      this.launcher.kill('SIGTERM');
      await Promise.race([ended, sleep(stopLimitMs, undefined, { ref: false })]);
    }
    if (!keepHome) rmSync(this.home, { recursive: true, force: true });
  }

  /** Ends the launcher as kill -9 would; its keepers stop the rest. */
  killLauncher(): void {
    this.launcher.kill('SIGKILL');
  }
}

/** The first of a range of ports that are all free at this moment. */
async function freeBase(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const base = firstBase + Math.floor(Math.random() * (lastBase - firstBase));
    const free = await Promise.all(Object.values(portTable(String(base))).map((port) => isFree(port)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('No range of free ports was found.');
}
