import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { homeFolder } from '@recoup/tools/home';
import { TrialSystem, type TrialOptions } from '@recoup/tools/trial-system';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openPage, signIn, startBrowser } from './browser.js';
import { eventually } from './client.js';

/** What a start on a busy machine, a step and the end may take. */
export const walkLimitsMs = { start: 300_000, step: 240_000, stop: 90_000 };

/** Several people in the console of a system of its own, step by step; what a page complains of fails its step. */
export class ConsoleWalk {
  private readonly problems: string[] = [];
  private broken: string | undefined;
  private parts: { readonly system: TrialSystem; readonly browser: Browser } | undefined;

  /** The name stands in those of the pictures that failed steps leave. */
  constructor(private readonly name: string) {}

  get system(): TrialSystem {
    return this.started().system;
  }

  get browser(): Browser {
    return this.started().browser;
  }

  /** Starts a system with empty books, and a browser. */
  async start(options: TrialOptions = {}): Promise<void> {
    const [system, browser] = await Promise.all([TrialSystem.start(options), startBrowser()]);
    this.parts = { system, browser };
  }

  async stop(): Promise<void> {
    await this.parts?.browser.close();
    await this.parts?.system.stop();
  }

  /** A page on which a demo user has signed in. */
  async person(user: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openPage(this.browser, this.system.url, options);
    page.on('pageerror', (error) => this.problems.push(`${user}: ${error.message}`));
    page.on('request', (request) => {
      // There is no clock to be set here, so asking for it would only be refused.
      if (request.url().endsWith('/clock')) this.problems.push(`${user}: asked ${request.url()}`);
    });
    page.on('console', (message) => {
      if (/Content Security Policy|Missing translation/.test(message.text()))
        this.problems.push(`${user}: ${message.text()}`);
    });
    await signIn(page, user);
    return page;
  }

  /** A step of the walk. Where an earlier one failed, the rest says so at once instead of waiting for what can't come. */
  step(walk: () => Promise<void>): () => Promise<void> {
    return async () => {
      if (this.broken !== undefined) throw new Error(`Not walked, because this failed: ${this.broken}`);
      this.broken = expect.getState().currentTestName;
      await walk().catch(async (error: unknown) => {
        const pages = this.browser.contexts().flatMap((context) => context.pages());
        const pictures = await Promise.all(pages.map((page, index) => this.pictureOf(page, index)));
        throw new Error(`${String(error)}\nPictures: ${pictures.join(', ')}`, { cause: error });
      });
      if (this.problems.length > 0) throw new Error(`Pages complained: ${this.problems.join('; ')}`);
      this.broken = undefined;
    };
  }

  private started(): { readonly system: TrialSystem; readonly browser: Browser } {
    if (!this.parts) throw new Error('The walk has not been started');
    return this.parts;
  }

  /** Keeps what the screen of a failed step shows. */
  private async pictureOf(page: Page, index: number): Promise<string> {
    const folder = join(homeFolder(), 'pictures');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${this.name}-${index}.png`);
    await page.screenshot({ path });
    return path;
  }
}

/** Asks again for a while until the answer is the wanted one: a click shows its effect a moment later. */
export async function becomes<T>(ask: () => Promise<T>, wanted: T): Promise<void> {
  const same = async (): Promise<true | undefined> => (isDeepStrictEqual(await ask(), wanted) ? true : undefined);
  await eventually(same, 15_000).catch(() => undefined);
  expect(await ask()).toEqual(wanted);
}
