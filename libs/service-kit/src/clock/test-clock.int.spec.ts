import type { Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { transaction } from '../database/database.js';
import { flagsParts, FlagsModule } from '../testing/flags-service.js';
import { serviceUnderTest, type ServiceUnderTest } from '../testing/service-under-test.js';
import { Clock } from './clock.js';
import { storeClockSetting, TestClock, type ClockSetting } from './test-clock.js';

const address = '/api/collections/clock';
let service: ServiceUnderTest;
afterEach(() => service.stop());

async function start(clock: 'on' | 'off', told: ClockSetting[] = []): Promise<Server> {
  const onClockSet = (_tx: unknown, setting: ClockSetting): Promise<void> => Promise.resolve(void told.push(setting));
  service = await serviceUnderTest({
    service: 'collections',
    module: FlagsModule,
    parts: flagsParts,
    env: { RECOUP_TEST_CLOCK: clock },
    kit: { onClockSet },
  });
  return service.app.getHttpServer();
}

describe('the test clock', () => {
  it('is set by an administrator, runs on, survives a restart and tells the others', async () => {
    const told: ClockSetting[] = [];
    const server = await start('on', told);
    const put = (token: string) =>
      request(server).put(address).set('Authorization', token).send({ instant: '2013-06-30T12:00:00Z' });
    await put(await service.bearer({ role: 'supervisor' })).expect(403);
    await put(await service.bearer({ role: 'administrator', user: 'ada' })).expect(200);
    expect(service.app.get(Clock).today('UTC')).toBe('2013-06-30');
    const first = service.app.get(Clock).now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(service.app.get(Clock).now() > first).toBe(true);
    const restarted = new TestClock(service.orm);
    await restarted.reload();
    expect(restarted.now().slice(0, 16)).toBe('2013-06-30T12:00');
    expect(told).toMatchObject([{ instant: '2013-06-30T12:00:00Z', setBy: 'ada' }]);
  });

  it('is not set back by a request that comes again with its key', async () => {
    const told: ClockSetting[] = [];
    const server = await start('on', told);
    const Authorization = await service.bearer({ role: 'administrator' });
    const put = (key: string, instant: string) =>
      request(server).put(address).set({ Authorization, 'Idempotency-Key': key }).send({ instant }).expect(200);
    await put('first', '2013-06-30T12:00:00Z');
    await put('second', '2014-01-31T12:00:00Z');
    const again = await put('first', '2013-06-30T12:00:00Z');
    expect([again.body, again.headers['idempotency-hit']]).toEqual([{ instant: '2013-06-30T12:00:00.000Z' }, 'true']);
    expect(service.app.get(Clock).today('UTC')).toBe('2014-01-31');
    expect(told).toHaveLength(2);
  });

  it('keeps the setting that was made last, whatever arrives later', async () => {
    await start('on');
    const store = (instant: string, setAt: string) =>
      transaction(service.orm.em, (tx) => storeClockSetting(tx, { instant, setAt, setBy: 'ada' }));
    const now = new Date().toISOString();
    await store('2020-01-02T00:00:00Z', now);
    await store('2019-01-01T00:00:00Z', new Date(Date.now() - 60_000).toISOString());
    const clock = service.app.get(TestClock);
    await clock.reload();
    expect(clock.today('UTC')).toBe('2020-01-02');
  });

  it('does not exist unless it is switched on', async () => {
    const server = await start('off');
    await request(server)
      .put(address)
      .set('Authorization', await service.bearer({ role: 'administrator' }))
      .send({ instant: '2013-06-30T12:00:00Z' })
      .expect(404);
    expect(service.app.get(Clock).now().slice(0, 10)).toBe(new Date().toISOString().slice(0, 10));
  });
});
