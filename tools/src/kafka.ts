import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { Failure, messageOf } from './failure.js';
import { findJava, kafkaLibs, LEAST_JAVA } from './kafka-libs.js';
import type { Part } from './part.js';

const STOP_LIMIT_MS = 30_000;
const IMAGE = 'apache/kafka:4.1.1';
const HEAP = ['-Xms256m', '-Xmx512m'];

/** Ports of the one Kafka node: clients, and its controller's quorum. */
export interface KafkaPorts {
  port: number;
  controllerPort: number;
}

/** Settings of one node that is broker and controller at once. */
export function serverProperties(data: string, { port, controllerPort }: KafkaPorts): Record<string, string> {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': data,
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '10',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    // After kill -9 the controller takes the broker's earlier life for alive until its session ends: 9 s by default.
    'broker.session.timeout.ms': '4000',
    'broker.heartbeat.interval.ms': '1000',
    // The default of 128 MB would be half of the heap.
    'log.cleaner.dedupe.buffer.size': String(16 * 1024 * 1024),
  };
}

function format(java: string, libs: string, folder: string, config: string): void {
  const done = join(folder, 'formatted');
  if (existsSync(done)) return;
  // An id that begins with a dash would be read as an option.
  const clusterId = `R${randomBytes(16).toString('base64url').slice(1, 22)}`;
  const args = ['format', '--cluster-id', clusterId, '--config', config, '--ignore-formatted'];
  try {
    execFileSync(java, ['-cp', join(libs, '*'), 'kafka.tools.StorageTool', ...args], {
      stdio: 'pipe',
      encoding: 'utf8',
    });
  } catch (error) {
    throw new Failure(`Kafka's storage could not be formatted: ${messageOf(error).slice(0, 2_000)}`);
  }
  writeFileSync(done, clusterId);
}

/** Kafka from its image, for machines with Docker but without Java; the data stays in the home folder. */
export function kafkaContainerPart(home: string, ports: KafkaPorts): Part {
  const folder = join(home, 'kafka', 'container-data');
  mkdirSync(folder, { recursive: true, mode: 0o777 });
  const settings = Object.entries(serverProperties('/var/lib/kafka/data', ports)).flatMap(([name, value]) => [
    '-e',
    `KAFKA_${name.toUpperCase().replaceAll('_', '___').replaceAll('-', '__').replaceAll('.', '_')}=${value}`,
  ]);
  return {
    name: 'kafka',
    command: 'docker',
    args: [
      'run',
      '--rm',
      '--name',
      `recoup-kafka-${ports.port}`,
      '--network',
      'host',
      '-v',
      `${folder}:/var/lib/kafka/data`,
      ...settings,
      IMAGE,
    ],
    cwd: home,
    env: { ...process.env },
    stopSignal: 'SIGTERM',
    stopLimitMs: STOP_LIMIT_MS,
  };
}

/**
 * Prepares `<home>/kafka` and describes the broker: Java where it is there, else the image where Docker answers,
 * else a Failure that names both. `libsHome` is the home whose jars are used (tests share those of the usual home).
 */
export async function kafkaPart(
  home: string,
  ports: KafkaPorts,
  say: (line: string) => void,
  libsHome = home,
): Promise<Part> {
  const found = findJava();
  if ('reason' in found) {
    if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0) {
      say(`${found.reason}: Kafka comes from the image ${IMAGE}`);
      return kafkaContainerPart(home, ports);
    }
    throw new Failure(
      `${found.reason}, and Docker does not answer. Kafka needs one of them: install Java ${LEAST_JAVA} or newer, start Docker, or set KAFKA_BROKERS to a running Kafka.`,
    );
  }
  const libs = await kafkaLibs(libsHome, say);
  const folder = join(home, 'kafka');
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'server.properties');
  const properties = serverProperties(join(folder, 'data'), ports);
  writeFileSync(
    config,
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  format(found.java, libs, folder, config);
  const logging = [
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ",
  ];
  const java = [...HEAP, '-XX:+ExitOnOutOfMemoryError', '-Djava.awt.headless=true', ...logging, '-cp', join(libs, '*')];
  return {
    name: 'kafka',
    command: found.java,
    args: [...java, 'kafka.Kafka', config],
    cwd: folder,
    env: { ...process.env },
    stopSignal: 'SIGTERM',
    stopLimitMs: STOP_LIMIT_MS,
  };
}

/** Waits until a broker answers with a controller elected; throws a Failure after the limit, or when the part has ended. */
export async function waitForKafka(
  brokers: string[],
  limitMs = 120_000,
  hasEnded: () => boolean = () => false,
): Promise<void> {
  const end = Date.now() + limitMs;
  const kafka = new kafkajs.Kafka({
    clientId: 'recoup-start',
    brokers,
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 2_000,
    retry: { retries: 0 },
  });
  for (;;) {
    const admin = kafka.admin();
    try {
      await admin.connect();
      const { brokers: nodes } = await admin.describeCluster();
      if (nodes.length > 0) return;
    } catch (error) {
      if (hasEnded()) throw new Failure('Kafka ended while it was starting.');
      if (Date.now() > end) throw new Failure(`Kafka does not answer at ${brokers.join(',')}: ${messageOf(error)}`);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    await sleep(250);
  }
}
