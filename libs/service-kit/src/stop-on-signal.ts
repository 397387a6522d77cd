import type { BusLog } from './bus/kafka.js';

/** Ends the process in order when asked to; a second signal ends it at once. */
export function stopOnSignal(stop: () => Promise<void>, log: BusLog): void {
  let asked = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log('error', 'stopping failed', { error: String(error) });
          process.exit(1);
        },
      );
    });
  }
}
