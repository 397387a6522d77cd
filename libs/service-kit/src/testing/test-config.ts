import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceConfigSchema, type ServiceConfig } from '../config.js';
import { newContactKeys } from '../contacts/contact-cipher.js';

/**
 * A service's configuration for a test: free port, silent log, no request limit, contact keys of its own, and what the
 * test names.
 */
export function testConfig(names: { databaseUrl: string; issuer: string } & Record<string, string>): ServiceConfig {
  const { databaseUrl, issuer, ...rest } = names;
  return serviceConfigSchema.parse({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: process.env['RECOUP_TEST_KAFKA_BROKERS'] ?? '127.0.0.1:1',
    OIDC_ISSUER: issuer,
    DATABASE_POOL_MAX: '10',
    LOG_LEVEL: 'silent',
    RECOUP_RATE_LIMIT: '0',
    RECOUP_CONTACT_KEYS: rest['RECOUP_CONTACT_KEYS'] ?? testContactKeysFile(),
    ...rest,
  });
}

/** The path of a new key file, for tests that start a service or share contacts between two. */
export function testContactKeysFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'recoup-test-keys-')), 'contact-keys.json');
  writeFileSync(path, JSON.stringify(newContactKeys()), { mode: 0o600 });
  return path;
}
