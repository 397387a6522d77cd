import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, run, sql, transaction, type Db } from '@recoup/service-kit';
import { idOf, publishedHistories } from '../testing/late-payment-histories.js';
import { PublishedReport } from '../testing/published-report.js';
import type { ReportRow } from './report.query.js';
import { markStale } from './stale-accounts.js';

describe('Snapshots of the report', () => {
  let published: PublishedReport;
  const db = (): Db => published.db();
  const get: PublishedReport['get'] = (...asked) => published.get(...asked);

  beforeAll(async () => {
    published = await PublishedReport.start();
  });

  afterAll(async () => {
    await published.service.stop();
  });

  it('computes again only what a backdated movement touches', async () => {
    const asOf = '2013-06-30';
    const before = await get('report', { filter: { asOf }, sort: ['accountNumber', 'ASC'], range: [0, 999] }).expect(
      200,
    );
    const version = before.headers['recoup-report-version'];
    const [made] = await rows<{ id: number }>(db(), sql`SELECT id FROM report_snapshots WHERE version = ${version}`);
    const table = sql.raw(`snapshots.report_${made?.id}`);
    const stamps = () =>
      rows<{ account_id: string; at: string }>(
        db(),
        sql`SELECT account_id, ctid::text AS at FROM ${table} ORDER BY account_id`,
      );
    const stampsBefore = await stamps();
    const [first] = before.body as ReportRow[];
    if (!first) throw new Error('The report is empty');
    const history = publishedHistories().get(first.accountNumber) ?? [];
    const invoice = history.find(
      (event) => event.type === 'recoup.ledger.invoice-issued.v1' && event.data.invoiceDate <= '2013-06-01',
    );
    if (invoice?.type !== 'recoup.ledger.invoice-issued.v1') throw new Error('The account has no early invoice');
    const [line] = invoice.data.lines;
    const { accountId, invoiceId, currency, recordedAt } = invoice.data;
    const reverses = idOf(`payment ${invoice.data.number}`);
    const effectiveDate = '2013-06-20';
    await published.log.deliver(db(), [
      {
        type: 'recoup.ledger.payment-returned.v1',
        sequence: history.length + 1,
        data: {
          accountId,
          transactionId: idOf('return'),
          transactionTypeCode: 'returned-payment',
          amount: line?.amount ?? 0,
          currency,
          effectiveDate,
          recordedAt,
          returnsTransactionId: reverses,
          creditMovements: [],
          movements: [{ invoiceId, billLineId: line?.billLineId ?? '', amount: line?.amount ?? 0, effectiveDate }],
        },
      },
    ]);
    const sorted = { sort: ['accountNumber', 'ASC'], range: [0, 999] };
    const same = await get('report', { filter: { asOf, reportVersion: version }, ...sorted }).expect(200);
    expect(same.headers['recoup-report-version']).toBe(version);
    expect(same.body).toEqual(before.body);
    const after = await get('report', { filter: { asOf }, sort: ['accountNumber', 'ASC'], range: [0, 999] }).expect(
      200,
    );
    expect(after.headers['recoup-report-version']).not.toBe(version);
    const gone = await get('report', { filter: { asOf, reportVersion: version } }).expect(410);
    expect(gone.body.code).toBe('report-version-gone');
    const changed = (after.body as ReportRow[]).find(({ id }) => id === first.id);
    expect(changed?.balance).toBe(first.balance + (line?.amount ?? 0));
    expect(changed?.openInvoices).toBe(first.openInvoices + 1);
    const others = (list: ReportRow[]): ReportRow[] => list.filter(({ id }) => id !== first.id);
    expect(others(after.body)).toEqual(others(before.body));
    const stampsAfter = await stamps();
    const moved = stampsAfter.filter(
      ({ account_id, at }) => stampsBefore.find((each) => each.account_id === account_id)?.at !== at,
    );
    expect(moved.map(({ account_id }) => account_id)).toEqual([first.id]);
  });

  it('serves a version again, and says when it is gone', async () => {
    const asOf = '2013-03-31';
    const answer = await get('report', { filter: { asOf }, range: [0, 9] }).expect(200);
    const reportVersion = answer.headers['recoup-report-version'];
    const again = await get('report', { filter: { asOf, reportVersion }, range: [0, 9] }).expect(200);
    expect(again.headers['recoup-report-version']).toBe(reportVersion);
    expect(again.body).toEqual(answer.body);
    const undated = await get('report', { filter: { reportVersion }, range: [0, 9] }).expect(200);
    expect(undated.body).toEqual(answer.body);
    expect((await get('report', { filter: { asOf: '2013-04-01', reportVersion } }).expect(422)).body.code).toBe(
      'report-version-of-another-day',
    );
    await run(
      db(),
      sql`DELETE FROM snapshots_alive WHERE snapshot_id = (SELECT id FROM report_snapshots WHERE version = ${reportVersion})`,
    );
    expect((await get('report', { filter: { asOf, reportVersion } }).expect(410)).body.code).toBe(
      'report-version-gone',
    );
    const rebuilt = await get('report', { filter: { asOf }, range: [0, 9] }).expect(200);
    expect(rebuilt.headers['recoup-report-version']).not.toBe(reportVersion);
    expect(rebuilt.body).toEqual(answer.body);
  });

  it('marks nothing for a snapshot that nobody has read for long, and does not take it up again', async () => {
    const asOf = '2013-08-31';
    const before = await get('report/totals', { filter: { asOf } }).expect(200);
    const id = before.headers['recoup-report-version'];
    await run(
      db(),
      sql`UPDATE report_snapshots SET last_used_at = clock_timestamp() - interval '71 minutes' WHERE version = ${id}`,
    );
    await transaction(db(), (tx) =>
      markStale(tx, [{ accountId: idOf('anyone'), earliestEffectiveDate: '2013-01-01' }]),
    );
    expect(
      await rows(
        db(),
        sql`SELECT 1 FROM report_stale JOIN report_snapshots s ON s.id = snapshot_id WHERE s.version = ${id}`,
      ),
    ).toEqual([]);
    const after = await get('report/totals', { filter: { asOf } }).expect(200);
    expect(after.headers['recoup-report-version']).not.toBe(id);
    expect(after.body).toEqual(before.body);
  });

  it('keeps at most 20 snapshots', async () => {
    for (let day = 1; day <= 25; day += 1)
      await get('report/totals', { filter: { asOf: `2013-05-${String(day).padStart(2, '0')}` } }).expect(200);
    const tables = await rows(db(), sql`SELECT 1 FROM pg_tables WHERE schemaname = 'snapshots'`);
    const listed = await rows(db(), sql`SELECT 1 FROM report_snapshots`);
    expect([tables.length, listed.length]).toEqual([20, 20]);
  });
});
