import type { Db } from '@recoup/service-kit';
import { LedgerLog } from '@recoup/receivables/testing/deliver-events';
import type { TokenSpec } from '@recoup/service-kit/testing/test-issuer';
import request, { type Test } from 'supertest';
import type { ReportRow } from '../report/report.query.js';
import { markStale } from '../report/stale-accounts.js';
import { collectionsUnderTest, type CollectionsUnderTest } from './collections-under-test.js';
import { deliverPublished } from './late-payment-histories.js';

/** Collections with the published receivables applied, and its report as users ask for it, for tests. */
export class PublishedReport {
  readonly log = new LedgerLog(markStale);

  private constructor(
    readonly service: CollectionsUnderTest,
    private readonly token: string,
  ) {}

  static async start(role: TokenSpec['role'] = 'supervisor'): Promise<PublishedReport> {
    const service = await collectionsUnderTest({ runner: false });
    const published = new PublishedReport(service, await service.bearer({ role: role ?? 'supervisor' }));
    await deliverPublished(published.log, () => published.db());
    return published;
  }

  db(): Db {
    return this.service.orm.em.fork();
  }

  /** GET below `/api/collections`; query values that are not text go as JSON. */
  get(path: string, query: Record<string, unknown> = {}, token = this.token): Test {
    const texts = Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return request(this.service.app.getHttpServer())
      .get(`/api/collections/${path}`)
      .query(Object.fromEntries(texts))
      .set('Authorization', token);
  }

  /** All rows of the report, by account number unless told. */
  async rows(filter: object, sort: unknown = ['accountNumber', 'ASC'], token = this.token): Promise<ReportRow[]> {
    return (await this.get('report', { filter, sort, range: [0, 999] }, token).expect(200)).body;
  }
}
