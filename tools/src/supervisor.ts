import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, messageOf } from './failure.js';
import { logFileOf, startPart, type Part, type RunningPart } from './part.js';

/** A part, how it is prepared for each start, and how one sees that it is ready. */
export interface SupervisedPart {
  name: string;
  prepare(): Promise<Part> | Part;
  /** Resolves when the part can be used; rejects once it is known that it cannot. */
  ready(hasEnded: () => boolean): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const STEADY_AFTER_MS = 30_000;
const FIRST_START_ATTEMPTS = 2;
const LOG_TAIL_LINES = 25;

/** Starts parts, starts again those that end by themselves, and stops them in the order it is told. */
export class Supervisor {
  private readonly running = new Map<string, RunningPart>();
  private stopping = false;

  constructor(
    private readonly home: string,
    private readonly say: (line: string) => void,
  ) {}

  /** Starts a part and waits until it is ready; afterwards it is kept running until it is stopped. */
  async start(part: SupervisedPart): Promise<void> {
    const since = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const { ended, ready } = await this.launch(part);
      try {
        await ready;
      } catch (error) {
        if (this.stopping) throw error;
        if (attempt < FIRST_START_ATTEMPTS) {
          await this.running.get(part.name)?.stop();
          continue;
        }
        throw new Failure(`${part.name} did not start: ${messageOf(error)}\n${this.logTail(part.name)}`);
      }
      this.say(`${part.name} ready (${((performance.now() - since) / 1000).toFixed(1)} s)`);
      void this.keepRunning(part, ended);
      return;
    }
  }

  /** Stops the named parts together; those that do not run are passed over. */
  async stop(names: readonly string[]): Promise<void> {
    this.stopping = true;
    await Promise.all(names.map((name) => this.running.get(name)?.stop()));
  }

  private async launch(part: SupervisedPart): Promise<{ ended: Promise<number>; ready: Promise<void> }> {
    if (this.stopping) throw new Failure('Recoup is being stopped.');
    const prepared = await part.prepare();
    if (this.stopping) throw new Failure('Recoup is being stopped.');
    const running = startPart(prepared, this.home);
    let over = false;
    this.running.set(part.name, running);
    const ended = running.ended.then((status) => {
      over = true;
      return status;
    });
    return { ended, ready: part.ready(() => over) };
  }

  private async keepRunning(part: SupervisedPart, first: Promise<number>): Promise<void> {
    let ended = first;
    let pauseMs = FIRST_PAUSE_MS;
    for (;;) {
      const since = performance.now();
      const status = await ended;
      if (this.stopping) return;
      pauseMs = performance.now() - since > STEADY_AFTER_MS ? FIRST_PAUSE_MS : pauseMs;
      this.say(`${part.name} ended (status ${status}); it is started again in ${pauseMs / 1000} s`);
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      try {
        const next = await this.launch(part);
        ended = next.ended;
        next.ready.then(
          () => this.say(`${part.name} ready again`),
          () => undefined,
        );
      } catch (error) {
        if (this.stopping) return;
        this.say(`${part.name} cannot be started: ${messageOf(error)}`);
        ended = Promise.resolve(1);
      }
    }
  }

  private logTail(name: string): string {
    const path = logFileOf(this.home, name);
    if (!existsSync(path)) return '';
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES);
    return `The end of ${path}:\n${lines.join('\n')}`;
  }
}

/** Waits for status 200 of a health address. */
export async function waitForHttp(url: string, limitMs: number, hasEnded: () => boolean): Promise<void> {
  const end = Date.now() + limitMs;
  let last = 'no answer';
  while (Date.now() < end) {
    if (hasEnded()) throw new Failure('it ended while it was starting.');
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      if (answer.status === 200) {
        await answer.body?.cancel();
        return;
      }
      last = `status ${answer.status}: ${(await answer.text()).slice(0, 500)}`;
    } catch (error) {
      last = messageOf(error);
    }
    await sleep(200);
  }
  throw new Failure(`it is not ready after ${limitMs / 1000} s (${url}: ${last}).`);
}

/** Waits until somebody listens on a port of the loopback; for parts that speak no HTTP. */
export async function waitForListener(port: number, limitMs: number, hasEnded: () => boolean): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await answers(port))) {
    if (hasEnded()) throw new Failure('it ended while it was starting.');
    if (Date.now() > end) throw new Failure(`it does not listen on port ${port} after ${limitMs / 1000} s.`);
    await sleep(100);
  }
}

/** Whether a connection is accepted. Binding the port to see whether it is taken would take it from the part itself. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}
