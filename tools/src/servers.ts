/**
 * One PostgreSQL and one Kafka on free ports in a folder of their own, for tests and experiments.
 * As a program: `node tools/dist/servers.js <home> [<env file>]` writes the two variables and runs until it is stopped.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from './failure.js';
import { kafkaPart, waitForKafka } from './kafka.js';
import { startPart, type RunningPart } from './part.js';
import { freePort } from './ports.js';
import { postgresPart, superuserUrl, waitForPostgres } from './postgres.js';

/** Running servers: a superuser URL of PostgreSQL, the broker list of Kafka. */
export interface Servers {
  postgresUrl: string;
  kafkaBrokers: string;
  stop(): Promise<void>;
}

/** Starts both servers with their data below `home`; Kafka's jars are those of `libsHome`. */
export async function startServers(home: string, libsHome: string, say: (line: string) => void): Promise<Servers> {
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const [postgresPort, port, controllerPort] = [await freePort(), await freePort(), await freePort()];
  const running: RunningPart[] = [];
  const over = new Set<string>();
  const watch = (part: RunningPart): void => {
    running.push(part);
    void part.ended.then(() => over.add(part.name));
  };
  const stop = async (): Promise<void> => {
    for (const part of running.toReversed()) await part.stop();
  };
  const postgresUrl = superuserUrl(home, postgresPort);
  try {
    watch(startPart(postgresPart(home, postgresPort), home));
    watch(startPart(await kafkaPart(home, { port, controllerPort }, say, libsHome), home));
    await waitForPostgres(postgresUrl, 60_000, () => over.has('postgres'));
    await waitForKafka([`127.0.0.1:${port}`], 120_000, () => over.has('kafka'));
  } catch (error) {
    await stop();
    throw error;
  }
  return { postgresUrl, kafkaBrokers: `127.0.0.1:${port}`, stop };
}

async function main(home: string, envFile: string | undefined): Promise<void> {
  const servers = await startServers(home, home, (line) => console.error(line));
  const lines = `export RECOUP_TEST_POSTGRES_URL=${servers.postgresUrl}\nexport RECOUP_TEST_KAFKA_BROKERS=${servers.kafkaBrokers}\n`;
  if (envFile !== undefined) writeFileSync(envFile, lines, { mode: 0o600 });
  console.log(lines);
  const hold = setInterval(() => undefined, 60_000);
  const end = (): void => {
    clearInterval(hold);
    void servers.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', end).on('SIGINT', end);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(resolve(process.argv[2] ?? '.recoup-servers'), process.argv[3]).catch((error: unknown) => {
    console.error(messageOf(error));
    process.exit(1);
  });
}
