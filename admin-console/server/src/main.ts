import { fileURLToPath } from 'node:url';
import { readConfig } from './config.js';
import { createConsoleServer } from './console-server.js';

try {
  const config = readConfig(process.env);
  const appFolder = fileURLToPath(new URL('../../dist', import.meta.url));
  const { server, close } = createConsoleServer(config, appFolder);
  server.once('error', (error: NodeJS.ErrnoException) => {
    console.error(error.code === 'EADDRINUSE' ? `console: port ${config.port} is in use by another program` : error);
    process.exit(1);
  });
  server.listen(config.port, config.host, () => console.log(`console ready at ${config.consoleUrl}`));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
