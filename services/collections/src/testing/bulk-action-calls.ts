import type { Server } from 'node:http';
import type { TokenSpec } from '@recoup/service-kit/testing/test-issuer';
import request, { type Test } from 'supertest';
import type { BulkActionItem } from '../bulk-actions/bulk-action-items.http.js';
import type { BulkActionView } from '../bulk-actions/bulk-action-schema.js';
import type { CollectionsUnderTest } from './collections-under-test.js';

const path = '/api/collections/bulk-actions';
const pollMs = 50;
const pollsMax = 600;

/** Bulk actions over HTTP as a user asks for them, for tests. */
export class BulkActionCalls {
  readonly asOf = '2026-11-21';

  private constructor(
    private readonly server: Server,
    readonly token: string,
  ) {}

  static async as(service: CollectionsUnderTest, user: TokenSpec): Promise<BulkActionCalls> {
    return new BulkActionCalls(service.app.getHttpServer(), await service.bearer(user));
  }

  /** Posts below bulk-actions; an empty address previews. */
  post(address: string, body: object = {}): Test {
    return request(this.server)
      .post(address === '' ? path : `${path}/${address}`)
      .set('Authorization', this.token)
      .send(body);
  }

  get(address: string): Test {
    return request(this.server).get(`/api/collections/${address}`).set('Authorization', this.token);
  }

  async preview(
    type: string,
    parameters: object,
    selection: object = { asOf: this.asOf, filter: {} },
  ): Promise<BulkActionView> {
    return (await this.post('', { type, selection, parameters }).expect(201)).body;
  }

  async previewUndo(id: string): Promise<BulkActionView> {
    return (await this.post(`${id}/undo`).expect(201)).body;
  }

  async confirm({ id, hash }: BulkActionView): Promise<void> {
    await this.post(`${id}/confirm`, { hash }).expect(200);
  }

  async read(id: string): Promise<BulkActionView> {
    return (await this.get(`bulk-actions/${id}`).expect(200)).body;
  }

  /** The action when it has ended, with the status asked for if one is. */
  async ended(id: string, status?: string): Promise<BulkActionView> {
    for (let poll = 0; poll < pollsMax; poll += 1) {
      const action = await this.read(id);
      if (action.finishedAt && (status === undefined || action.status === status)) return action;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    throw new Error(`The action did not end: ${JSON.stringify(await this.read(id))}`);
  }

  async done(action: BulkActionView): Promise<BulkActionView> {
    await this.confirm(action);
    return this.ended(action.id);
  }

  /** Previews the undo of an action, confirms it, and waits for its end. */
  async undone(id: string): Promise<BulkActionView> {
    return this.done(await this.previewUndo(id));
  }

  async items(id: string, filter: object = {}): Promise<BulkActionItem[]> {
    const query = { filter: JSON.stringify(filter), range: '[0,999]' };
    return (await this.get(`bulk-actions/${id}/items`).query(query).expect(200)).body;
  }
}
