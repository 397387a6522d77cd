import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where write-offs are posted, by whom, and of which invoices one is drawn at random each time. */
export interface WriteOffs {
  readonly url: string;
  readonly bearer: string;
  readonly invoiceIds: readonly string[];
  readonly random: () => number;
}

/** Each client posts one write-off after the other over a connection of its own, `count` in all; answers the seconds. */
export async function oneAfterTheOther(writeOffs: WriteOffs, clients: number, count: number): Promise<number> {
  return withConnections(clients, async (agent) => {
    let left = count;
    const since = performance.now();
    const client = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await post(writeOffs, agent);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return (performance.now() - since) / 1000;
  });
}

/**
 * Write-offs that arrive at random instants, so many a second on the average, whether or not earlier ones are answered; as
 * many connections as clients carry them. Answers how many milliseconds passed from each one's arrival, waiting for a
 * connection included, to its answer: a slow answer makes those behind it late, as it does to people.
 */
export async function asTheyArrive(
  writeOffs: WriteOffs,
  clients: number,
  count: number,
  aSecond: number,
): Promise<number[]> {
  return withConnections(clients, async (agent) => {
    const answered: Promise<number>[] = [];
    let due = performance.now();
    for (let arrived = 0; arrived < count; arrived += 1) {
      due += (-Math.log(1 - writeOffs.random()) / aSecond) * 1000;
      const wait = due - performance.now();
      if (wait > 0) await sleep(wait);
      const arrival = due;
      answered.push(post(writeOffs, agent).then(() => performance.now() - arrival));
    }
    return Promise.all(answered);
  });
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function withConnections<T>(count: number, work: (agent: Agent) => Promise<T>): Promise<T> {
  const agent = new Agent({ keepAlive: true, maxSockets: count, scheduling: 'fifo' });
  try {
    return await work(agent);
  } finally {
    agent.destroy();
  }
}

/** Writes off 1 minor unit of one of the invoices, under a key of its own. */
function post({ url, bearer, invoiceIds, random }: WriteOffs, agent: Agent): Promise<void> {
  const invoiceId = invoiceIds[Math.floor(random() * invoiceIds.length)];
  const body = JSON.stringify({ invoiceId, amount: 1 });
  const headers = {
    authorization: `Bearer ${bearer}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': randomUUID(),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.once('error', reject);
      answer.once('end', () =>
        answer.statusCode === 201 ? resolve() : reject(new Error(`A write-off answered ${answer.statusCode}: ${text}`)),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
