import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Failure, messageOf } from './failure.js';

const POM = fileURLToPath(new URL('../kafka/pom.xml', import.meta.url));
const FETCH_LIMIT_MS = 10 * 60_000;

/** The oldest Java that Apache Kafka 4 runs on. */
export const LEAST_JAVA = 17;

/** Path of a Java that is new enough, or the reason why there is none. */
export function findJava(): { java: string } | { reason: string } {
  const home = process.env['JAVA_HOME'];
  const java = home !== undefined && existsSync(join(home, 'bin', 'java')) ? join(home, 'bin', 'java') : 'java';
  const answer = spawnSync(java, ['-version'], { encoding: 'utf8' });
  if (answer.error !== undefined) return { reason: 'Java is not installed' };
  const version = javaVersionOf(answer.stderr + answer.stdout);
  if (version === undefined || version < LEAST_JAVA) {
    return { reason: `Java ${version ?? 'of an unknown version'} is too old` };
  }
  return { java };
}

/** Major version out of what `java -version` prints ("17.0.15" is 17, "1.8.0_412" is 8). */
export function javaVersionOf(text: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  if (first === undefined) return undefined;
  return first === '1' && second !== undefined ? Number(second) : Number(first);
}

/**
 * Folder of Kafka's jars. RECOUP_KAFKA_LIBS names one; otherwise Maven, which knows the mirrors that this machine uses,
 * copies them once to `<home>/kafka/libs` and again when the list of jars (the pom) has changed.
 */
export async function kafkaLibs(home: string, say: (line: string) => void): Promise<string> {
  const named = process.env['RECOUP_KAFKA_LIBS'];
  if (named !== undefined && named !== '') {
    if (existsSync(named) && readdirSync(named).some((file) => /^kafka_.*\.jar$/.test(file))) return named;
    throw new Failure(`RECOUP_KAFKA_LIBS names ${named}, which holds no jars of Apache Kafka (kafka_2.13-….jar).`);
  }
  const libs = join(home, 'kafka', 'libs');
  const stamp = createHash('sha256').update(readFileSync(POM)).digest('hex');
  const stampFile = join(libs, '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return libs;
  say('fetching Apache Kafka with Maven (once)');
  const fresh = join(home, 'kafka', 'libs.new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const maven = [
    '-B',
    '-q',
    '-f',
    POM,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${fresh}`,
    '-DincludeScope=runtime',
  ];
  try {
    await promisify(execFile)('mvn', maven, { timeout: FETCH_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Failure(
      missing
        ? 'Apache Kafka is fetched by Maven, and `mvn` is not installed. Install Maven, or set RECOUP_KAFKA_LIBS to the libs folder of an Apache Kafka 4.1 download, or KAFKA_BROKERS to a running Kafka.'
        : `Maven could not fetch Apache Kafka: ${messageOf(error).slice(0, 2_000)}`,
    );
  }
  writeFileSync(join(fresh, '.stamp'), stamp);
  rmSync(libs, { recursive: true, force: true });
  renameSync(fresh, libs);
  return libs;
}
