import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.js';

/** The four services, in the order of their ports. */
export const services = ['ledger', 'collections', 'precollections', 'messaging'] as const;
export type Service = (typeof services)[number];

/** Which part listens where, as an offset to the base port. */
const OFFSETS = {
  console: 0,
  ledger: 1,
  collections: 2,
  precollections: 3,
  messaging: 4,
  issuer: 5,
  'smtp-inbox': 25,
  postgres: 32,
  'twilio-stand-in': 80,
  kafka: 92,
  'kafka-controller': 93,
} as const;

/** Part → TCP port on the loopback. */
export type Ports = Record<keyof typeof OFFSETS, number>;

const DEFAULT_BASE = 4000;
/** Ports from 1024 on that browsers, and Node's fetch with them, refuse to speak HTTP to (the Fetch standard's "bad port"). */
const BARRED = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
];
/** Parts that are spoken to by HTTP. */
const BY_HTTP = [
  'console',
  'ledger',
  'collections',
  'precollections',
  'messaging',
  'issuer',
  'twilio-stand-in',
] as const;
const HIGHEST_BASE = 65_535 - OFFSETS['kafka-controller'];

/** The port of every part from RECOUP_PORT's text (4000 when it is not given); a Failure says what would be right. */
export function portTable(base: string | undefined): Ports {
  const number = base === undefined || base === '' ? DEFAULT_BASE : Number(base);
  if (!Number.isInteger(number) || number < 1 || number > HIGHEST_BASE) {
    throw new Failure(`RECOUP_PORT is the first of a range of ports, 1 to ${HIGHEST_BASE}, not "${base}".`);
  }
  const at = (part: keyof Ports): number => number + OFFSETS[part];
  const barred = BY_HTTP.find((part) => BARRED.includes(at(part)));
  if (barred !== undefined)
    throw new Failure(
      `RECOUP_PORT ${number} puts the ${barred} on port ${at(barred)}, which no browser opens. Set RECOUP_PORT to another base; all ports follow it.`,
    );
  return {
    console: at('console'),
    ledger: at('ledger'),
    collections: at('collections'),
    precollections: at('precollections'),
    messaging: at('messaging'),
    issuer: at('issuer'),
    'smtp-inbox': at('smtp-inbox'),
    postgres: at('postgres'),
    'twilio-stand-in': at('twilio-stand-in'),
    kafka: at('kafka'),
    'kafka-controller': at('kafka-controller'),
  };
}

/** Whether nobody listens on a port of the loopback. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

const PORT_POLL_MS = 100;

/**
 * Throws a Failure that names every port which is taken, and still is after the limit, with the part it is for. The
 * limit is for ports of processes that were stopped just now: the system frees them a moment after such a process is gone.
 */
export async function checkPorts(ports: Partial<Ports>, limitMs = 0): Promise<void> {
  const end = Date.now() + limitMs;
  let taken = await takenPorts(ports);
  while (taken.length > 0 && Date.now() < end) {
    await sleep(PORT_POLL_MS);
    taken = await takenPorts(ports);
  }
  if (taken.length === 0) return;
  throw new Failure(
    `Taken by another program: port ${taken.join(', port ')}. Stop that program, or set RECOUP_PORT to another base; all ports follow it.`,
  );
}

async function takenPorts(ports: Partial<Ports>): Promise<string[]> {
  const taken: string[] = [];
  for (const [part, port] of Object.entries(ports)) if (!(await isFree(port))) taken.push(`${port} (${part})`);
  return taken;
}

/** A TCP port of the loopback that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'));
        else resolve(address.port);
      });
    });
  });
}
