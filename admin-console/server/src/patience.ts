/** How long a service may take until its answer begins. */
export interface Patience {
  readonly ordinaryMilliseconds: number;
  readonly longMilliseconds: number;
}

/**
 * What reads all of the books, or takes a whole file, by the first part of its path at a service. The first report of a day takes
 * up to a minute at a million accounts; every other answer is a matter of a second.
 */
const long = new Set([
  'report',
  'bulk-actions',
  'deliveries',
  'trial-balance',
  'gl-trial-balance',
  'agency-outstanding',
  'imports',
]);

/** How long a request, by its path below `/api/<service>/`, may wait for its answer to begin. */
export function patienceFor(path: string, { ordinaryMilliseconds, longMilliseconds }: Patience): number {
  return long.has(path.split('/', 1)[0] ?? '') ? longMilliseconds : ordinaryMilliseconds;
}
