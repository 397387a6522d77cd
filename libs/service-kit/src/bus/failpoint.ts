/**
 * A place where a fault test may end this process, as kill -9 would. `RECOUP_FAILPOINTS=relay-acked@3` ends it when it
 * passes `relay-acked` for the third time. Without that variable this does nothing.
 */
export function failpoint(name: string): void {
  const remaining = planned.get(name);
  if (remaining === undefined) return;
  if (remaining <= 1) process.kill(process.pid, 'SIGKILL');
  planned.set(name, remaining - 1);
}

const planned = new Map(
  (process.env['RECOUP_FAILPOINTS'] ?? '')
    .split(',')
    .filter((entry) => entry.includes('@'))
    .map((entry) => [entry.slice(0, entry.indexOf('@')), Number(entry.slice(entry.indexOf('@') + 1))] as const),
);
