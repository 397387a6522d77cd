import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { password } from '@recoup/tools/secrets';
import { TrialSystem } from '@recoup/tools/trial-system';
import { Client as Database } from 'pg';
import { Client, type Problem } from './client.js';
import { importDemoData } from './recoup.js';

const post = (client: Client, body: unknown) => client.request<Problem>('collections', 'POST', 'bulk-actions', body);
const report = (client: Client, query: string) => client.request<Problem>('collections', 'GET', `report?${query}`);
const filter = (value: unknown): string => `filter=${encodeURIComponent(JSON.stringify(value))}`;

/** What must be refused, with a document that says what is wrong, and must change nothing. */
describe('A request that can’t be granted', () => {
  let system: TrialSystem;
  let supervisor: Client;
  let collector: Client;
  let auditor: Client;
  let foreign: Client;
  let nobody: Client;
  const asOf = '2013-06-30';
  const all = { asOf, filter: {} };

  beforeAll(async () => {
    system = await TrialSystem.start({
      users: [{ name: 'remote', password: 'remote', role: 'supervisor', offices: ['391'] }],
    });
    await importDemoData(system, 'late-payment-histories.csv');
    supervisor = await Client.as(system, 'supervisor');
    collector = await Client.as(system, 'collector');
    auditor = await Client.as(system, 'auditor');
    foreign = await Client.as(system, 'supervisor', 'remote');
    nobody = new Client(system, undefined);
  }, 300_000);

  afterAll(async () => {
    await system.stop();
  }, 90_000);

  it('without a token is 401 at every service', async () => {
    for (const [service, path] of [
      ['collections', 'report'],
      ['ledger', 'accounts'],
      ['precollections', 'projection'],
      ['messaging', 'projection'],
    ] as const) {
      const answer = await nobody.request<Problem>(service, 'GET', path);
      expect([service, answer.status, answer.headers.get('content-type')]).toEqual([
        service,
        401,
        expect.stringContaining('application/problem+json'),
      ]);
      expect((await fetch(`${system.api(service)}/${path}`)).status).toBe(401);
    }
  });

  it('by the wrong role is 403', async () => {
    expect(
      (await post(auditor, { type: 'update-stage', selection: all, parameters: { stage: 'pending' } })).status,
    ).toBe(403);
    expect((await post(collector, { type: 'write-off', selection: all, parameters: {} })).status).toBe(403);
    expect(
      (
        await collector.request('collections', 'POST', 'flags', {
          code: 'x',
          name: 'X',
          colour: '#000000',
          active: true,
        })
      ).status,
    ).toBe(403);
  });

  it.each(['ledger', 'collections', 'precollections', 'messaging'] as const)(
    'of %s itself by SQL changes neither the seals of its audit nor what only the owner’s functions write',
    async (service) => {
      const user = `recoup_${service}`;
      const where = { host: '127.0.0.1', port: system.ports.postgres, database: user };
      const database = new Database({ ...where, user, password: password(system.home, user) });
      await database.connect();
      const { rows } = await database.query(
        `SELECT relname FROM pg_class
         WHERE relname IN ('audit', 'audit_blocks', 'audit_unsealed', 'daybook', 'daybook_entries', 'payer_invoices', 'exported_rows')
           AND relkind = 'r' AND has_table_privilege(oid, 'UPDATE')`,
      );
      await database.end();
      expect(rows).toEqual([]);
    },
  );

  it('for a foreign office finds nothing of it', async () => {
    const rows = await foreign.report({ asOf });
    expect(new Set(rows.map(({ officeCode }) => officeCode))).toEqual(new Set(['391']));
    const other = (await supervisor.report({ asOf })).find(({ officeCode }) => officeCode !== '391');
    expect((await foreign.request('collections', 'GET', `accounts/${other?.id}`)).status).toBe(404);
    expect((await foreign.request('ledger', 'GET', `accounts/${other?.id}`)).status).toBe(404);
    const preview = await post(foreign, {
      type: 'update-stage',
      selection: { asOf, accountIds: [other?.id] },
      parameters: { stage: 'pending' },
    });
    expect(preview.status).toBe(422);
  });

  it.each([
    ['an unknown filter', filter({ colour: 'red' }), 400],
    ['an unknown sort', 'sort=["mood","ASC"]', 400],
    ['a range that is none', 'range=[9,1]', 400],
    ['an as-of date after today', filter({ asOf: '2999-01-01' }), 422],
    ['an as-of date that is no date', filter({ asOf: '2013-02-30' }), 400],
    ['a report version that is gone', filter({ asOf, reportVersion: '999999' }), 410],
  ])('of the report with %s says so', async (_name, query, status) => {
    const answer = await report(supervisor, query);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) });
  });

  it.each([
    ['an unknown action', { type: 'teleport', selection: all, parameters: {} }],
    ['an unknown field', { type: 'update-stage', selection: all, parameters: { stage: 'pending' }, urgent: true }],
    ['an unknown parameter', { type: 'update-stage', selection: all, parameters: { stage: 'pending', mood: 'bad' } }],
    ['a stage that is none', { type: 'update-stage', selection: all, parameters: { stage: 'lost' } }],
    [
      'an unknown filter',
      { type: 'update-stage', selection: { asOf, filter: { colour: 'red' } }, parameters: { stage: 'pending' } },
    ],
    [
      'an empty selection',
      { type: 'update-stage', selection: { asOf, accountIds: [] }, parameters: { stage: 'pending' } },
    ],
    [
      'a selection that nothing matches',
      {
        type: 'update-stage',
        selection: { asOf, filter: { accountNumber: 'none' } },
        parameters: { stage: 'pending' },
      },
    ],
    [
      'an as-of date after today',
      { type: 'update-stage', selection: { asOf: '2999-01-01', filter: {} }, parameters: { stage: 'pending' } },
    ],
    ['an unknown flag', { type: 'flags', selection: all, parameters: { add: ['nonesuch'], remove: [] } }],
    [
      'an unknown write-off type',
      { type: 'write-off', selection: all, parameters: { transactionTypeCode: 'nonesuch' } },
    ],
  ])('for a bulk action with %s says so and makes none', async (_name, body) => {
    const before = await supervisor.request('collections', 'GET', 'bulk-actions?range=[0,0]');
    const answer = await post(supervisor, body);
    expect([400, 422]).toContain(answer.status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.detail.length).toBeGreaterThan(10);
    const after = await supervisor.request('collections', 'GET', 'bulk-actions?range=[0,0]');
    expect(after.headers.get('content-range')).toBe(before.headers.get('content-range'));
  });

  it('for an unknown agency is refused', async () => {
    const answer = await report(supervisor, filter({ asOf, agencyCode: 'NONESUCH' }));
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toContain('NONESUCH');
  });

  it('with a key that was used for something else is refused, and the same again is answered as before', async () => {
    const body = { type: 'update-stage', selection: all, parameters: { stage: 'pending' } };
    const key = { 'idempotency-key': 'one-and-only' };
    const first = await supervisor.request<{ id: string }>('collections', 'POST', 'bulk-actions', body, key);
    const again = await supervisor.request<{ id: string }>('collections', 'POST', 'bulk-actions', body, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.id).toBe(first.body.id);
    const other = { ...body, parameters: { stage: 'sent' } };
    expect((await supervisor.request<Problem>('collections', 'POST', 'bulk-actions', other, key)).body).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
  });

  it('tells nothing of the inside: no stack, SQL or path in any answer', async () => {
    const answers = await Promise.all([
      report(supervisor, 'filter={'),
      report(supervisor, 'range=x'),
      post(supervisor, 'nonsense'),
      post(supervisor, { type: 1 }),
    ]);
    for (const { body, status } of answers) {
      expect(status).toBeLessThan(500);
      expect(JSON.stringify(body)).not.toMatch(/node_modules|SELECT |at .*\.js:|\/dist\//);
    }
  });
});
