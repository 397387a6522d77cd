import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toHeaders } from '@recoup/contracts';
import { example } from '@recoup/contracts/publication/examples';
import { busFixture, until, type BusFixture } from '../testing/bus-fixture.js';

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url));
const program = `${docs}examples/consume-stage-changes.mjs`;
const page = readFileSync(`${docs}consume-stage-changes.md`, 'utf8');
let bus: BusFixture;

beforeAll(async () => {
  bus = await busFixture();
});
afterAll(() => bus.close());

describe('the downstream consumer of the documentation', () => {
  it('is printed there as it is, and needs the contracts and a Kafka client only', () => {
    const text = readFileSync(program, 'utf8');
    expect(page).toContain(`\`\`\`js\n${text}\`\`\``);
    expect([...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name)).toEqual(['@recoup/contracts', 'kafkajs']);
  });

  it('prints each stage change once, and nothing else', async () => {
    const topic = `${bus.config.topicPrefix}recoup.collections.events`;
    const changed = message('recoup.collections.stage-changed.v1');
    const others = [message('recoup.collections.flags-changed.v1'), message('recoup.collections.account-referred.v1')];
    const producer = bus.kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: [changed, changed, ...others, changed] });
    await producer.disconnect();
    const [, options = ''] = /^node (.*)docs\/examples\/consume/m.exec(page) ?? [];
    const given = [...options.trim().split(' '), program, bus.config.brokers.join(','), randomUUID(), topic];
    const child = spawn(process.execPath, given, { env: { ...process.env, NODE_OPTIONS: '' } });
    let printed = '';
    let warned = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (warned += chunk.toString()));
    await until('a line was printed', async () => printed.includes('\n'));
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    const { accountId, previousStage, stage, changedAt, actor } = example('recoup.collections.stage-changed.v1').data;
    expect(printed).toBe(`${changedAt} account ${accountId}: ${previousStage} -> ${stage}, by ${actor}\n`);
    expect(warned).toBe('');
  });
});

function message(type: Parameters<typeof example>[0]) {
  const { key, envelope, data } = example(type);
  return { key, value: JSON.stringify(data), headers: toHeaders(envelope) };
}
