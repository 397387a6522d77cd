import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { booksOverHttp, type BooksOverHttp } from '../testing/books-over-http.js';
import { ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

let ledger: LedgerOverHttp;
let books: BooksOverHttp;
let accountId: string;
let count = 0;

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  books = await booksOverHttp(ledger);
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  accountId = await books.account();
});

const subscription = async (status = 'active'): Promise<string> => {
  count += 1;
  const body = { accountId, number: `S${count}`, serviceTypeCode: 'service', startedOn: '2026-03-01' };
  const opened = (await ledger.post('subscriptions', body)).body;
  if (status !== 'active') await ledger.put(`subscriptions/${opened.id}`, { ...opened, status });
  return opened.id;
};
const freeze = async (more: object = {}, status = 201) =>
  (await ledger.post('freezes', { accountId, cancellationReasonCode: 'non-payment', ...more }, status)).body;
const rollBack = async (id: string, status = 200) => (await ledger.post(`freezes/${id}/roll-back`, {}, status)).body;
const statusOf = async (path: string): Promise<string> => (await ledger.get(path)).body.status;
const change = async (id: string, status: string): Promise<void> => {
  const stored = (await ledger.get(`subscriptions/${id}`)).body;
  await ledger.put(`subscriptions/${id}`, { ...stored, status });
};

describe('a freeze', () => {
  it('freezes the account and its active subscriptions, remembers what they were, and is rolled back as a whole', async () => {
    const [active, cancelled] = [await subscription(), await subscription('cancelled')];
    const before = (await outboxOf(ledger.db())).length;
    const frozen = await freeze({ notes: 'Joan asked for it' });
    expect(frozen).toMatchObject({
      accountId,
      priorStatus: 'active',
      notes: 'Joan asked for it',
      subscriptions: [{ subscriptionId: active, priorStatus: 'active', status: 'frozen' }],
      rolledBackAt: null,
    });
    expect([await statusOf(`accounts/${accountId}`), await statusOf(`subscriptions/${cancelled}`)]).toEqual([
      'frozen',
      'cancelled',
    ]);
    expect((await freeze({}, 422)).code).toBe('already-frozen');
    const back = await rollBack(frozen.id);
    expect(back).toMatchObject({ rolledBackBy: 'sam', leftAlone: [], subscriptions: [{ status: 'active' }] });
    expect(await statusOf(`accounts/${accountId}`)).toBe('active');
    expect((await rollBack(frozen.id, 409)).code).toBe('already-rolled-back');
    const told = (await outboxOf(ledger.db())).slice(before);
    expect(told.map(({ type, data }) => [type.split('.')[2], (data as { status: string }).status])).toEqual([
      ['account-changed', 'frozen'],
      ['subscription-changed', 'frozen'],
      ['account-changed', 'active'],
      ['subscription-changed', 'active'],
    ]);
  });

  it('rolled back leaves alone what was changed in between, and names it', async () => {
    const [kept, cancelled, earlier] = [await subscription(), await subscription(), await subscription()];
    const { id } = await freeze();
    await change(cancelled, 'cancelled');
    expect((await ledger.post(`subscriptions/${earlier}/roll-back`, {}, 200)).body.status).toBe('active');
    expect(await statusOf(`accounts/${accountId}`)).toBe('frozen');
    expect((await ledger.post(`subscriptions/${earlier}/roll-back`, {}, 409)).body.code).toBe('not-frozen');
    const back = await rollBack(id);
    expect(back.leftAlone).toMatchObject([{ subscriptionId: cancelled, status: 'cancelled' }]);
    expect(await Promise.all([kept, cancelled, earlier].map((each) => statusOf(`subscriptions/${each}`)))).toEqual([
      'active',
      'cancelled',
      'active',
    ]);
  });

  it('can come again after its rollback', async () => {
    const active = await subscription();
    await rollBack((await freeze()).id);
    const { id } = await freeze({ cancellationReasonCode: 'moved-away' });
    expect(await statusOf(`subscriptions/${active}`)).toBe('frozen');
    await rollBack(id);
    const filter = JSON.stringify({ accountId, rolledBack: true });
    expect((await ledger.get('freezes', 200, { filter })).body).toHaveLength(2);
  });

  it('needs a known reason, and an account that is not closed', async () => {
    expect(await freeze({ cancellationReasonCode: 'boredom' }, 422)).toMatchObject({
      code: 'unknown-cancellation-reason',
      errors: [{ field: 'cancellationReasonCode' }],
    });
    const { id } = await freeze();
    await ledger.post(`accounts/${accountId}/status`, { status: 'closed' }, 200);
    expect((await freeze({}, 422)).code).toBe('closed');
    expect((await rollBack(id, 422)).code).toBe('closed');
  });

  it('keeps its notes encrypted, out of lists, events, audit and kept answers, and masked for auditors', async () => {
    const key = { 'Idempotency-Key': 'freeze-1' };
    const body = { accountId, cancellationReasonCode: 'non-payment', notes: 'Joan moved' };
    const first = (await ledger.post('freezes', body, 201, key)).body;
    expect((await ledger.post('freezes', body, 201, key)).body).toEqual(first);
    const auditor = ledger.as(await ledger.service.bearer({ role: 'auditor', user: 'oscar' }));
    expect((await auditor.get(`freezes/${first.id}`)).body.notes).toBe('…');
    expect((await ledger.get('freezes')).text).not.toContain('Joan moved');
    expect(JSON.stringify(await outboxOf(ledger.db()))).not.toContain('Joan moved');
    const found = await rows(
      ledger.db(),
      sql`SELECT 1 AS found FROM freezes WHERE notes::text LIKE '%Joan moved%'
          UNION ALL SELECT 1 FROM audit WHERE concat(before, after) LIKE '%Joan moved%'
          UNION ALL SELECT 1 FROM idempotency_keys WHERE response::text LIKE '%Joan moved%'`,
    );
    expect(found).toEqual([]);
  });

  it('is for supervisors, of their offices; and every event is one that the catalog accepts', async () => {
    const { id } = await freeze();
    const collector = ledger.as(await ledger.service.bearer({ role: 'collector', user: 'cy' }));
    await collector.post('freezes', { accountId, cancellationReasonCode: 'non-payment' }, 403);
    await collector.post(`freezes/${id}/roll-back`, {}, 403);
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'sue', offices: ['MAD'] }));
    await elsewhere.post(`freezes/${id}/roll-back`, {}, 404);
    await elsewhere.get(`freezes/${id}`, 404);
    await elsewhere.post('freezes', { accountId, cancellationReasonCode: 'non-payment' }, 404);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});

const setStatus = (status: string, code = 200, headers = {}) =>
  ledger.post(`accounts/${accountId}/status`, { status }, code, headers);

describe('the status of an account', () => {
  it('is closed and opened by people; what it is already changes nothing', async () => {
    const before = (await outboxOf(ledger.db())).length;
    const closed = (await setStatus('closed', 200, { 'If-Match': '"1"' })).body;
    expect(closed).toMatchObject({ status: 'closed', version: 2 });
    expect((await setStatus('closed')).body).toEqual(closed);
    await setStatus('active', 412, { 'If-Match': '"1"' });
    expect((await setStatus('active')).body).toMatchObject({ status: 'active', version: 3 });
    await setStatus('frozen', 400);
    expect((await outboxOf(ledger.db())).slice(before).map(({ data }) => data)).toEqual([
      { accountId, status: 'closed', statementHold: false },
      { accountId, status: 'active', statementHold: false },
    ]);
  });

  it('is not made active against a freeze, which outlasts a closing', async () => {
    const { id } = await freeze();
    expect((await setStatus('active', 409)).body).toMatchObject({ code: 'frozen', freezeId: id });
    await setStatus('closed');
    expect((await setStatus('active')).body.status).toBe('frozen');
    await rollBack(id);
    expect(await statusOf(`accounts/${accountId}`)).toBe('active');
  });

  it('closed refuses write-offs, adjustments and fees', async () => {
    await books.invoice(accountId, 100, 1);
    const paid = await books.pay(accountId, 50);
    await setStatus('closed');
    for (const path of ['write-offs', 'adjustments'])
      expect((await ledger.post(path, { accountId }, 422)).body.code).toBe('closed');
    const fee = { effectiveDate: '2026-01-01', nsfFee: { amount: 100 } };
    const { effectiveDate } = (await ledger.get(`payments/${paid.id}`)).body;
    expect((await ledger.post(`payments/${paid.id}/return`, { ...fee, effectiveDate }, 422)).body.code).toBe('closed');
  });

  it('and its statement hold are told; a hold is put on and taken off', async () => {
    const hold = async (statementHold: boolean) =>
      (await ledger.post(`accounts/${accountId}/statement-hold`, { statementHold }, 200)).body;
    expect((await hold(true)).statementHold).toBe(true);
    const told = (await outboxOf(ledger.db())).at(-1);
    expect(told?.data).toEqual({ accountId, status: 'active', statementHold: true });
    expect((await hold(false)).statementHold).toBe(false);
    const collector = ledger.as(await ledger.service.bearer({ role: 'collector', user: 'cy' }));
    await collector.post(`accounts/${accountId}/statement-hold`, { statementHold: true }, 403);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});
