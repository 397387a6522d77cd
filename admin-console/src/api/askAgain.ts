const askedAgainMax = 2;
const pauseMillisecondsMax = 30_000;
/** The console's server says with these that a service did not answer, or that it has nothing to answer with just now. */
const silentStatuses = new Set([502, 503, 504]);

/**
 * Whether a failed question is asked again: not what a service refused or the page left, but what may be a hiccup. A service that
 * let the time for an answer pass is none: whoever waits has waited long enough to be told.
 */
export function mayAskAgain(failures: number, error: unknown): boolean {
  const status = statusOf(error);
  return failures < askedAgainMax && !isLeft(error) && !isTooLate(error) && (status === undefined || status >= 500);
}

/** How long to wait before it: a second, then twice as long each time. */
export function pauseMilliseconds(failures: number): number {
  return Math.min(1_000 * 2 ** failures, pauseMillisecondsMax);
}

/** Asks, and again after a hiccup, as often and after the same pauses as every query of the console. */
export async function askAgain<T>(ask: () => Promise<T>, pause: (milliseconds: number) => Promise<void> = wait) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!mayAskAgain(failures, error)) throw error;
      await pause(pauseMilliseconds(failures));
    }
  }
}

/** Whether nobody answered; otherwise somebody did, and refused. */
export function isSilent(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || isSilentStatus(status);
}

/** Whether the time for an answer passed: whoever was asked hangs, or is still at work on it. */
export function isTooLate(error: unknown): boolean {
  return statusOf(error) === 504;
}

/** Whether a status says that nobody answered. */
export function isSilentStatus(status: number): boolean {
  return silentStatuses.has(status);
}

/** The status of an answer; undefined where none came. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

/** The page that asked was left. */
function isLeft(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
