import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';

/** Long enough for a busy machine; a page that needs it all is slow, not broken. */
const waitLimitMs = 30_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** One process for everything ends with the first page that is closed, so that flag of the package is left out. */
const args = sparticuz.args.filter((arg) => arg !== '--single-process' && !arg.startsWith('--headless'));

/** A real Chromium out of a package: nothing has to be installed on the machine, and it runs as root too. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args, headless: true });
}

/** A page of a person who has not signed in, with a cookie jar of its own; light and 1440 wide unless told otherwise. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(waitLimitMs);
  return context.newPage();
}

/** Signs a demo user in on the issuer's own page, as a person does; ends on the Collections report. */
export async function signIn(page: Page, user: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(user);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Collections report' }).waitFor();
}

/** Waits until nothing is loading any more, so that a picture or a check meets what a person reads. */
export async function settled(page: Page): Promise<void> {
  const loading = page.locator('[aria-busy="true"], .MuiSkeleton-root, .MuiLinearProgress-indeterminate');
  const deadline = Date.now() + waitLimitMs;
  while ((await loading.count()) > 0) {
    if (Date.now() > deadline) throw new Error(`${page.url()} is still loading`);
    await page.waitForTimeout(50);
  }
}

/** Colours that are half way between light and dark have no contrast to speak of. */
const transitionsEnded = `Promise.allSettled(document.getAnimations()
  .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime)).map((each) => each.finished))`;

/** What axe-core finds serious or critical on the page as it stands, one line a finding: rule, help, places. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(transitionsEnded);
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
}

/** Changes between the light and the dark colours by the console's own button. */
export async function switchColours(page: Page, to: 'light' | 'dark'): Promise<void> {
  const button = page.getByRole('button', { name: to === 'dark' ? 'Dark colours' : 'Light colours' });
  await button.click();
  await page.getByRole('button', { name: to === 'dark' ? 'Light colours' : 'Dark colours' }).waitFor();
  await page.mouse.move(720, 5);
}

/** What axe-core finds on the page in light and in dark colours; the page is light before and after. */
export async function findingsInBothColours(page: Page): Promise<string[]> {
  await settled(page);
  const light = await findings(page);
  await switchColours(page, 'dark');
  const dark = await findings(page);
  await switchColours(page, 'light');
  return [...light.map((each) => `light: ${each}`), ...dark.map((each) => `dark: ${each}`)];
}

/** Writes a PNG of the window into a folder. */
export async function screenshot(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

interface Clickable {
  click(): void;
}

/** Clicks one after the other, faster than the page can be drawn in between. */
export async function clickAtOnce(targets: readonly Locator[]): Promise<void> {
  for (const target of targets) await target.waitFor();
  const [first, second] = await Promise.all(targets.map((target) => target.elementHandle()));
  await first?.evaluate((element: Clickable, next) => [element, next].forEach((each) => each?.click()), second);
}

/** The first row of a list, as the services tell it to who is signed in. */
export async function firstOf(page: Page, path: string): Promise<{ id: string }[]> {
  return (await (await page.context().request.get(`/api/${path}?range=[0,0]`)).json()) as { id: string }[];
}

/** Notes from now on what a page asks of a path; `taken` tells it. */
export function requestsOf(page: Page, path: string): { taken: () => string[] } {
  const urls: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith(path)) urls.push(request.url());
  });
  return { taken: () => [...urls] };
}
