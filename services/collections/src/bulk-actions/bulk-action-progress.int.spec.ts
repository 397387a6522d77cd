import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run, sql } from '@recoup/service-kit';
import { BulkActionCalls } from '../testing/bulk-action-calls.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { seedBooks } from '../testing/seed-books.js';
import type { BulkActionView } from './bulk-action-schema.js';

interface Event {
  readonly id: string;
  readonly event: string;
  readonly data: BulkActionView;
}

let service: CollectionsUnderTest;
let calls: BulkActionCalls;
let url: string;

beforeAll(async () => {
  service = await collectionsUnderTest();
  await service.app.listen(0, '127.0.0.1');
  const { port } = service.app.getHttpServer().address() as AddressInfo;
  url = `http://127.0.0.1:${port}/api/collections/bulk-actions/progress`;
  calls = await BulkActionCalls.as(service, { role: 'supervisor', user: 'sue' });
  await seedBooks(service.orm.em.fork(), 3000);
}, 120_000);
afterAll(() => service.stop());

/** Reads a stream until `enough` says so; then hangs up. */
async function listen(
  authorization: string,
  lastEventId: string | undefined,
  enough: (events: Event[]) => boolean,
): Promise<Event[]> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 15_000);
  const headers = { authorization, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
  const response = await fetch(url, { headers, signal: abort.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: Event[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      if (fields['event'] === 'bulk-action')
        events.push({ id: fields['id'] ?? '', event: 'bulk-action', data: JSON.parse(fields['data'] ?? '') });
    }
    if (enough(events)) break;
  }
  clearTimeout(timer);
  abort.abort();
  return events;
}

describe('the progress of bulk actions', () => {
  it('is streamed until the end, and what was missed comes again by Last-Event-ID', async () => {
    const action = await calls.preview('update-stage', { stage: 'pending' });
    const listening = listen(calls.token, undefined, (events) =>
      events.some(({ data }) => data.id === action.id && data.status === 'completed'),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    await calls.confirm(action);
    const events = await listening;
    const last = events.at(-1);
    expect(last?.data.counts).toEqual({ selected: 3300, eligible: 3300, skipped: 0, done: 3300, failed: 0 });
    const counts = events.map(({ data }) => data.counts.done);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));

    const seen = events[0]?.id;
    await run(
      service.orm.em.fork(),
      sql`UPDATE bulk_actions SET moved_at = to_timestamp(${Number(seen) / 1000}::float8 + 1)`,
    );
    const replayed = await listen(calls.token, seen, (found) => found.length > 0);
    expect(replayed[0]?.data).toMatchObject({ id: action.id, status: 'completed', counts: { done: 3300 } });
    expect(Number(replayed[0]?.id)).toBeGreaterThan(Number(seen));
  }, 60_000);

  it('is narrowed to the offices of the token', async () => {
    const pilar = await BulkActionCalls.as(service, { role: 'supervisor', user: 'pilar', offices: ['MAD'] });
    const mine = await pilar.preview('update-stage', { stage: 'sent' });
    const all = await calls.preview('update-stage', { stage: 'sent' });
    const events = await listen(pilar.token, undefined, (found) => found.length > 0);
    expect(events.map(({ data }) => data.id)).toEqual([mine.id]);
    expect(all.id).not.toBe(mine.id);
  }, 60_000);

  it('tells of a run that the engine paused, also when a hundred others moved before it', async () => {
    const ana = await BulkActionCalls.as(service, { role: 'supervisor', user: 'ana', offices: ['MAD'] });
    const paused = await ana.preview('update-stage', { stage: 'sent' });
    const db = service.orm.em.fork();
    await run(
      db,
      sql`WITH many AS (INSERT INTO runs (kind, type, status, actor, offices)
            SELECT 'bulk-action', 'update-stage', 'preview', 'ana', '{MAD}' FROM generate_series(1, 150) RETURNING id)
          INSERT INTO bulk_actions (id, selection, parameters, as_of, office_codes)
          SELECT id, '{}', '{"stage":"sent"}', '2026-11-21', '{MAD}' FROM many`,
    );
    await run(db, sql`UPDATE runs SET status = 'paused', last_error = 'chunk 0: no' WHERE id = ${paused.id}`);
    await run(
      db,
      sql`UPDATE bulk_actions SET moved_at = clock_timestamp() - interval '1 hour' WHERE id = ${paused.id}`,
    );
    const events = await listen(ana.token, undefined, (found) => found.length > 150);
    expect(events.find(({ data }) => data.id === paused.id)?.data).toMatchObject({
      status: 'paused',
      problem: 'chunk 0: no',
    });
    expect(new Set(events.map(({ data }) => data.id)).size).toBeGreaterThan(150);
  }, 60_000);

  it('needs a token', async () => {
    expect((await fetch(url)).status).toBe(401);
  });
});
