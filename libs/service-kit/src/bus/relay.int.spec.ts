import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { row, run, sql } from '../database/database.js';
import { busFixture, openBusDatabase, until, type BusFixture } from '../testing/bus-fixture.js';
import { RelayFixture } from '../testing/relay-fixture.js';
import { newAccounts, writeEvents } from '../testing/stage-events.js';

let bus: BusFixture;
let relays: RelayFixture;

beforeAll(async () => {
  bus = await busFixture();
  relays = new RelayFixture(bus);
});
afterAll(() => bus.close());

describe('the relay', () => {
  beforeEach(() => run(bus.db(), sql`TRUNCATE outbox`));

  it('takes together what a trickle brings within its pace, and marks it together', async () => {
    const accounts = await newAccounts(bus.db(), 3);
    const relay = relays.relay();
    relay.start();
    const since = performance.now();
    for (let done = 0; done < 100; done += 1) await writeEvents(bus.db(), accounts, 1);
    await relays.drained();
    const paces = (performance.now() - since) / 100;
    await relay.stop();
    const marked = await row<{ batches: number }>(
      bus.db(),
      sql`SELECT count(DISTINCT xmin::text) AS batches FROM outbox WHERE published_at IS NOT NULL`,
    );
    // Two looks are further apart than the pace, however slow the machine is; the first may come at once.
    expect(marked?.batches).toBeLessThanOrEqual(paces + 2);
  });

  it('loses nothing and keeps each aggregate’s order while writers commit out of order', async () => {
    const accounts = await newAccounts(bus.db(), 400);
    const relay = relays.relay();
    relay.start();
    const writer = async (): Promise<void> => {
      for (let done = 0; done < 2500; done += 50) await writeEvents(bus.db(), accounts, 50);
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    await relays.drained();
    await relay.stop();
    const messages = await relays.nothingLost(accounts);
    expect(messages.length).toBeGreaterThan(17_000);
    expect(new Set(messages.map(({ headers }) => headers['ce_id'])).size).toBe(messages.length);
  });

  it('leaves the work to one at a time, and the second takes over when the first stops', async () => {
    const accounts = await newAccounts(bus.db(), 5);
    const other = await openBusDatabase(bus.database.ownerUrl);
    const [first, second] = [relays.relay(), relays.relay(other)];
    first.start();
    await until('the first leads', async () => first.state.leading);
    second.start();
    await until('the second stands by', async () => second.state.standby);
    await writeEvents(bus.db(), accounts, 20);
    await relays.drained();
    expect(second.state).toMatchObject({ leading: false, standby: true, published: 0 });
    await first.stop();
    await writeEvents(bus.db(), accounts, 20);
    await until('the second leads', async () => second.state.leading);
    await relays.drained();
    expect(second.state.published).toBeGreaterThan(0);
    await second.stop();
    await other.close(true);
    await relays.nothingLost(accounts);
  });
});
