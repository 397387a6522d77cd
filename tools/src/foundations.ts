import { prepareDatabases } from './databases.js';
import { kafkaPart, waitForKafka } from './kafka.js';
import { stopLeftover } from './part.js';
import { services, type Ports } from './ports.js';
import { postgresPart, superuserUrl, waitForPostgres } from './postgres.js';
import { issuerPart, messageEnds, type Installation } from './recoup-parts.js';
import type { Supervisor, SupervisedPart } from './supervisor.js';

/** Who uses whom, last user first: each group stops only when nobody needs it any more. */
export const STOP_ORDER = [['console'], services, ['issuer', 'smtp-inbox', 'twilio-stand-in'], ['kafka'], ['postgres']];
const LEFTOVER_LIMIT_MS = 30_000;

/** Parts that run elsewhere and are only used, by the variable that names each. */
export const elsewhere = {
  postgres: process.env['DATABASE_URL'] || undefined,
  kafka: process.env['KAFKA_BROKERS'] || undefined,
  issuer: process.env['OIDC_ISSUER'] || undefined,
};

/**
 * Stops what a launcher that was killed together with its keepers left behind, in the usual order. Answers whether
 * something still ran.
 */
export async function stopLeftovers(home: string, say: (line: string) => void): Promise<boolean> {
  let ran = false;
  for (const name of STOP_ORDER.flat()) {
    const stopSignal = name === 'postgres' ? 'SIGINT' : 'SIGTERM';
    if (await stopLeftover(home, { name, stopSignal, stopLimitMs: LEFTOVER_LIMIT_MS })) {
      say(`${name} was left over from an earlier start and has been stopped`);
      ran = true;
    }
  }
  return ran;
}

/** The ports this start needs: those of parts that run elsewhere are left alone. */
export function portsInUse(ports: Ports): Partial<Ports> {
  const used: Partial<Ports> = { ...ports };
  if (elsewhere.postgres !== undefined) delete used.postgres;
  if (elsewhere.issuer !== undefined) delete used.issuer;
  if (elsewhere.kafka !== undefined) {
    delete used.kafka;
    delete used['kafka-controller'];
  }
  return used;
}

/**
 * Starts what the services stand on: PostgreSQL with their databases, Kafka, the issuer and the far ends of messages.
 * Those that run elsewhere are only waited for. Answers where each service finds its database.
 */
export async function startFoundations(
  home: string,
  ports: Ports,
  supervisor: Supervisor,
  say: (line: string) => void,
): Promise<Installation['databases']> {
  const superuser = elsewhere.postgres ?? superuserUrl(home, ports.postgres);
  const postgres: SupervisedPart = {
    name: 'postgres',
    prepare: () => postgresPart(home, ports.postgres),
    ready: (hasEnded) => waitForPostgres(superuser, undefined, hasEnded),
  };
  const kafka: SupervisedPart = {
    name: 'kafka',
    prepare: () => kafkaPart(home, { port: ports.kafka, controllerPort: ports['kafka-controller'] }, say),
    ready: (hasEnded) => waitForKafka(brokersOf(ports), undefined, hasEnded),
  };
  const databases = async (): Promise<Installation['databases']> => {
    await (elsewhere.postgres === undefined ? supervisor.start(postgres) : waitForPostgres(superuser, 10_000));
    return prepareDatabases(superuser, home);
  };
  const [prepared] = await Promise.all([
    databases(),
    elsewhere.kafka === undefined ? supervisor.start(kafka) : waitForKafka(brokersOf(ports), 20_000),
    ...(elsewhere.issuer === undefined ? [supervisor.start(issuerPart(home, ports))] : []),
    ...messageEnds(home, ports).map((end) => supervisor.start(end)),
  ]);
  return prepared;
}

/** Kafka's brokers, each `host:port`. */
export function brokersOf(ports: Ports): string[] {
  return (elsewhere.kafka ?? `127.0.0.1:${ports.kafka}`).split(',').map((broker) => broker.trim());
}
