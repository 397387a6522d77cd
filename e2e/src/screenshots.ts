/**
 * `node e2e/dist/screenshots.js <url> <folder>`: pictures of every page of a running Recoup, in light and dark colours,
 * 1440 and 390 wide, for people who look at them. The report's picture of the README is `report-light-1440.png`.
 */
import { openPage, screenshot, signIn, startBrowser } from './browser.js';

const [url = 'http://127.0.0.1:4000', folder = 'screenshots', asOf] = process.argv.slice(2);
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const pages = [
  'report',
  'bulk-actions',
  'deliveries',
  'trial-balance',
  'agency-outstanding',
  'payers',
  'write-off-settings',
  'imports',
  'flags',
  'parked-messages',
];
const resources = {
  accounts: 'ledger/accounts',
  'bulk-actions': 'collections/bulk-actions',
  imports: 'ledger/imports',
};

async function main(): Promise<void> {
  const browser = await startBrowser();
  try {
    for (const viewport of sizes)
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await openPage(browser, url, { viewport, colorScheme });
        const names = [colorScheme, viewport.width].join('-');
        await page.goto('/');
        await page.getByLabel('User name').waitFor();
        await screenshot(page, folder, `sign-in-${names}`);
        await signIn(page, 'administrator');
        const addresses = pages.map((name) => [name, `/${name}`] as const);
        for (const [name, address] of [...addresses, ...(await firstOfEach(page.context().request))]) {
          await page.goto(name === 'report' && asOf ? `${address}?asOf=${asOf}` : address);
          await page.getByRole('heading').first().waitFor();
          await page.waitForTimeout(600);
          await screenshot(page, folder, `${name}-${names}`);
        }
        await page.context().close();
      }
  } finally {
    await browser.close();
  }
}

type Request = ReturnType<Awaited<ReturnType<typeof openPage>>['context']>['request'];

/** The address of one of each kind that has a page of its own. */
async function firstOfEach(request: Request): Promise<(readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const [name, path] of Object.entries(resources)) {
    const answer = await request.get(`/api/${path}?range=[0,0]`);
    const [first] = answer.ok() ? ((await answer.json()) as { id: string }[]) : [];
    if (first) found.push([`${name}-one`, `/${name}/${first.id}`]);
  }
  return found;
}

await main();
