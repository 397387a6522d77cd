import { join } from 'node:path';
import { startIssuer } from './issuer.js';

// Environment: PORT, RECOUP_HOME, CONSOLE_URL, OIDC_CLIENT_SECRET_FILE; see IssuerOptions for what each is.
const home = process.env['RECOUP_HOME'] || '.recoup';
const port = Number(process.env['PORT'] ?? 4005);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`issuer: PORT must be a port number, not "${process.env['PORT']}"`);
  process.exit(1);
}
try {
  const issuer = await startIssuer({
    port,
    home,
    consoleUrl: (process.env['CONSOLE_URL'] ?? 'http://127.0.0.1:4000').replace(/\/$/, ''),
    consoleClientSecretFile: process.env['OIDC_CLIENT_SECRET_FILE'] ?? join(home, 'keys', 'console-client-secret'),
  });
  console.log(`issuer ready at ${issuer.url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void issuer.close().then(() => process.exit(0)));
  }
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(inUse ? `issuer: port ${port} is in use by another program` : error);
  process.exit(1);
}
