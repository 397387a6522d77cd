import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run, sql, type Db } from '@recoup/service-kit';
import request from 'supertest';
import { brokenInvariants } from '../testing/broken-invariants.js';
import type { CollectionsUnderTest } from '../testing/collections-under-test.js';
import { expectedRows, idOf, publishedHistories } from '../testing/late-payment-histories.js';
import { PublishedReport } from '../testing/published-report.js';
import type { ReportInvoice } from './report-invoices.js';
import type { ReportRow } from './report.query.js';

const byNumber = (a: { accountNumber: string }, b: { accountNumber: string }): number =>
  a.accountNumber < b.accountNumber ? -1 : 1;

describe('The Collections report on the published receivables', () => {
  let published: PublishedReport;
  let service: CollectionsUnderTest;
  const db = (): Db => published.db();
  const get: PublishedReport['get'] = (...asked) => published.get(...asked);
  const report: PublishedReport['rows'] = (...asked) => published.rows(...asked);

  beforeAll(async () => {
    published = await PublishedReport.start();
    service = published.service;
  });

  afterAll(async () => {
    await published.service.stop();
  });

  it.each(['2013-03-31', '2013-06-30', '2013-09-30'])('shows every account as of %s to the cent', async (asOf) => {
    const answer = await get('report', { filter: { asOf }, sort: ['accountNumber', 'ASC'], range: [0, 999] }).expect(
      200,
    );
    const shown = (answer.body as ReportRow[]).map(({ accountNumber, balance, openInvoices, daysPastDue, aging }) => ({
      asOf,
      accountNumber,
      balance,
      openInvoices,
      daysPastDue,
      aging: [aging.current, aging.days1to30, aging.days31to60, aging.days61to90, aging.days91to120, aging.daysOver120],
    }));
    const expected = expectedRows()
      .filter((row) => row.asOf === asOf)
      .toSorted(byNumber);
    expect(shown.toSorted(byNumber)).toEqual(expected);
    expect(answer.headers['content-range']).toBe(`report 0-${expected.length - 1}/${expected.length}`);
    expect(answer.headers['recoup-report-version']).toMatch(/^\d+$/);
    expect(answer.headers['recoup-events-behind']).toBe('0');
    const totals = (await get('report/totals', { filter: { asOf } }).expect(200)).body;
    const sum = (figure: (row: (typeof expected)[number]) => number): number =>
      expected.reduce((total, row) => total + figure(row), 0);
    expect(totals).toEqual([
      {
        currency: 'USD',
        accounts: expected.length,
        balance: sum(({ balance }) => balance),
        credit: 0,
        feesToApply: null,
        aging: {
          current: sum(({ aging }) => aging[0] ?? 0),
          days1to30: sum(({ aging }) => aging[1] ?? 0),
          days31to60: sum(({ aging }) => aging[2] ?? 0),
          days61to90: sum(({ aging }) => aging[3] ?? 0),
          days91to120: sum(({ aging }) => aging[4] ?? 0),
          daysOver120: sum(({ aging }) => aging[5] ?? 0),
        },
      },
    ]);
  });

  it('shows nothing today, for every invoice was settled', async () => {
    expect(await report({})).toEqual([]);
    expect((await get('report/totals').expect(200)).body).toEqual([]);
    expect((await get('report').expect(200)).headers['content-range']).toBe('report */0');
  });

  it('opens a row to its invoices, which add up to its balance', async () => {
    const asOf = '2013-06-30';
    for (const row of await report({ asOf })) {
      const invoices: ReportInvoice[] = (await get(`report/${row.id}/invoices`, { asOf }).expect(200)).body;
      expect(invoices.reduce((sum, { balance }) => sum + balance, 0)).toBe(row.balance);
      expect(Math.max(...invoices.map(({ daysPastDue }) => daysPastDue))).toBe(row.daysPastDue);
      expect(invoices.length).toBe(row.openInvoices);
      expect(invoices.every(({ balance, total, currency }) => balance === total && currency === 'USD')).toBe(true);
    }
  });

  it('takes an account for disputed while one of its invoices that were open then was', async () => {
    const asOf = '2013-06-30';
    const disputed = new Set<string>();
    for (const [number, events] of publishedHistories())
      for (const { type, data } of events)
        if (type === 'recoup.ledger.dispute-recorded.v1' && data.openedOn <= asOf && (data.settledOn ?? '') > asOf)
          disputed.add(number);
    const all = await report({ asOf });
    const shown = await report({ asOf, disputed: true });
    expect(shown.map(({ accountNumber }) => accountNumber).toSorted()).toEqual([...disputed].toSorted());
    expect((await report({ asOf, disputed: false })).length).toBe(all.length - shown.length);
  });

  it('filters and sorts as the rows themselves say, in every combination with a range', async () => {
    const asOf = '2013-06-30';
    await run(db(), sql`INSERT INTO flags (code, name, colour) VALUES ('x', 'X', '#333333')`);
    const all = await report({ asOf });
    const some = all[3];
    if (!some) throw new Error('The report is too short');
    const cases: [object, (row: ReportRow) => boolean][] = [
      [{ balanceMin: 5000, balanceMax: 9000 }, ({ balance }) => balance >= 5000 && balance <= 9000],
      [{ daysPastDueMin: 1 }, ({ daysPastDue }) => daysPastDue >= 1],
      [
        { daysPastDueMax: 0, officeCodes: ['391', '770'] },
        (row) => row.daysPastDue === 0 && ['391', '770'].includes(row.officeCode),
      ],
      [{ bucket: 'days1to30' }, ({ aging }) => aging.days1to30 > 0],
      [{ bucket: ['days1to30', 'days31to60'] }, ({ aging }) => aging.days1to30 > 0 || aging.days31to60 > 0],
      [
        { q: some.accountNumber.slice(2, 7).toLowerCase() },
        (row) => row.accountNumber.includes(some.accountNumber.slice(2, 7)),
      ],
      [{ accountNumber: some.accountNumber }, (row) => row.id === some.id],
      [{ stage: 'not-set', accountStatus: 'active', flagsNone: ['x'] }, () => true],
      [{ stage: ['pending', 'sent'] }, () => false],
      [{ flagsAny: ['x'] }, () => false],
      [{ accountStatus: 'frozen' }, () => false],
      [{ agencyCode: 'ARM' }, () => false],
      [{ q: '%' }, () => false],
    ];
    for (const [filter, holds] of cases) {
      const expected = all.filter(holds).map(({ id }) => id);
      expect({ filter, ids: (await report({ asOf, ...filter })).map(({ id }) => id) }).toEqual({
        filter,
        ids: expected,
      });
    }
    const sorts = [
      'accountNumber',
      'name',
      'officeCode',
      'currency',
      'balance',
      'credit',
      'current',
      'days1to30',
      'daysOver120',
      'daysPastDue',
      'openInvoices',
      'lastPayment',
      'accountStatus',
      'stage',
      'flags',
      'agencyCode',
      'feesToApply',
    ];
    for (const sort of sorts)
      for (const direction of ['ASC', 'DESC']) {
        const pages = [
          [0, 19],
          [20, 999],
        ].map(
          async (range) =>
            (await get('report', { filter: { asOf }, sort: [sort, direction], range }).expect(200)).body as ReportRow[],
        );
        const ids = (await Promise.all(pages)).flat().map(({ id }) => id);
        expect({ sort, ids: ids.toSorted() }).toEqual({ sort, ids: all.map(({ id }) => id).toSorted() });
      }
    const balances = (await report({ asOf }, ['balance', 'DESC'])).map(({ balance }) => balance);
    expect(balances).toEqual(balances.toSorted((a, b) => b - a));
  });

  it('counts by stage and by part of the balance', async () => {
    const asOf = '2013-06-30';
    const all = await report({ asOf });
    const counts = (await get('report/counts', { filter: { asOf } }).expect(200)).body;
    expect(counts.stages).toEqual({ 'not-set': all.length, pending: 0, sent: 0 });
    for (const [name, count] of Object.entries(counts.buckets))
      expect(count).toBe(all.filter(({ aging }) => ((aging as Record<string, number>)[name] ?? 0) > 0).length);
  });

  it('shows an actor the offices of the token only', async () => {
    const asOf = '2013-06-30';
    const narrow = await service.bearer({ role: 'collector', offices: ['391', '897'] });
    const all = await report({ asOf });
    const own = all.filter(({ officeCode }) => ['391', '897'].includes(officeCode));
    expect(await report({ asOf }, undefined, narrow)).toEqual(own);
    expect(await report({ asOf, officeCodes: ['406'] }, undefined, narrow)).toEqual([]);
    const [totals] = (await get('report/totals', { filter: { asOf } }, narrow).expect(200)).body;
    expect(totals.accounts).toBe(own.length);
    const foreign = all.find(({ officeCode }) => officeCode === '406');
    await get(`report/${foreign?.id}/invoices`, { asOf }, narrow).expect(404);
    await get(`accounts/${foreign?.id}`, {}, narrow).expect(404);
    const csv = await get('report/export', { filter: { asOf }, format: 'csv' }, narrow).expect(200);
    expect(csv.text.trim().split('\n').length).toBe(own.length + 1);
  });

  it('is exported by an id that tells nothing of the filter, to who asked and within ten minutes', async () => {
    const [first] = await report({ asOf: '2013-06-30' });
    const asked = { filter: { asOf: '2013-06-30', q: first?.accountNumber }, sort: ['name', 'ASC'] };
    const carl = await service.bearer({ role: 'collector', user: 'carl' });
    const post = (body: object) =>
      request(service.app.getHttpServer())
        .post('/api/collections/report/exports')
        .set('Authorization', carl)
        .send(body);
    const { id } = (await post(asked).expect(201)).body;
    const { text } = await get(`report/exports/${id}`, {}, carl).expect(200);
    expect(text).toBe((await get('report/export', { filter: asked.filter, sort: asked.sort }, carl).expect(200)).text);
    expect(text.trim().split('\n')).toHaveLength(2);
    await get(`report/exports/${id}`, {}, await service.bearer({ role: 'collector', user: 'carla' })).expect(404);
    await run(
      db(),
      sql`INSERT INTO asked_exports (id, actor, asked, created_at)
      SELECT ${idOf('old export')}, actor, asked, created_at - interval '11 minutes' FROM asked_exports WHERE id = ${id}`,
    );
    await get(`report/exports/${idOf('old export')}`, {}, carl).expect(404);
    expect((await post({ filter: { shoeSize: 44 } }).expect(400)).body.code).toBe('unknown-filter');
  });

  it('refuses a day that has not begun in every office it is about', async () => {
    const [early, late] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    for (const [code, timeZone] of [
      ['EARLY', early],
      ['LATE', late],
    ] as const)
      await published.log.office(db(), {
        officeId: idOf(`office ${code}`),
        code,
        name: code,
        currency: 'USD',
        timeZone,
        locale: 'en-US',
      });
    const today = dayIn(early);
    const refused = (await get('report', { filter: { asOf: today } }).expect(422)).body;
    expect(refused).toMatchObject({
      code: 'as-of-in-future',
      errors: [{ field: 'filter.asOf', expected: `at most ${dayIn(late)}` }],
    });
    await get('report', { filter: { asOf: today, officeCodes: ['EARLY'] } }).expect(200);
    await get(
      'report',
      { filter: { asOf: today } },
      await service.bearer({ role: 'auditor', offices: ['EARLY'] }),
    ).expect(200);
  });

  it('keeps the invariants of the projection', async () => {
    expect(await brokenInvariants(db(), 'invariants-receivables.sql')).toEqual([]);
  });

  it('refuses what it does not know', async () => {
    expect((await get('report', { filter: { colour: 'red' } }).expect(400)).body.code).toBe('unknown-filter');
    expect((await get('report', { sort: ['secret', 'ASC'] }).expect(400)).body.code).toBe('unknown-sort');
    await get('report', { filter: { asOf: '2013-02-30' } }).expect(400);
    await get('report', { filter: { balanceMin: '1; DROP' } }).expect(400);
    for (const [field, value] of Object.entries({ balanceMin: 1e30, daysPastDueMin: 2 ** 31, daysPastDueMax: 2 ** 31 }))
      expect((await get('report', { filter: { [field]: value } }).expect(400)).body.errors).toMatchObject([
        { field: `filter.${field}`, expected: expect.stringMatching(/^at most \d+$/) },
      ]);
    expect((await get('report', { range: [0, 1e30] }).expect(400)).body.errors[0].field).toBe('range');
    expect((await get('report', { filter: { agencyCode: 'NONESUCH' } }).expect(422)).body.code).toBe('unknown-agency');
    expect((await get('report/totals', { filter: { flagsNone: ['nonesuch'] } }).expect(422)).body).toMatchObject({
      code: 'unknown-flag',
      errors: [{ field: 'filter.flagsNone' }],
    });
    await get('report/export', { format: 'pdf' }).expect(400);
    expect((await get('report/not-an-id/invoices').expect(400)).body.errors[0].field).toBe('accountId');
    await get(`report/${idOf('nobody')}/invoices`).expect(404);
  });
});

function dayIn(timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
}
