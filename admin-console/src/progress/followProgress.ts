import { fetchList } from '../api/fetchList.js';
import { pageSession } from '../api/session.js';
import type { BulkAction } from '../bulk-actions/bulkAction.js';

const pollEveryMilliseconds = 4_000;
const reconnectAfterMilliseconds = 20_000;
const polledMax = 5;

/**
 * Follows the progress of all bulk actions by server-sent events. While the stream is down the list is asked for
 * instead, and the stream is tried again. Returns what ends it.
 */
export function followProgress(onAction: (action: BulkAction) => void): () => void {
  let source: EventSource | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  function startPolling() {
    poll ??= setInterval(() => {
      if (document.visibilityState === 'visible') void pollOnce(onAction);
    }, pollEveryMilliseconds);
  }

  function stopPolling() {
    clearInterval(poll);
    poll = undefined;
  }

  function connect() {
    source = new EventSource('/api/collections/bulk-actions/progress');
    source.addEventListener('open', stopPolling);
    source.addEventListener('bulk-action', ({ data }: MessageEvent<string>) =>
      onAction(JSON.parse(data) as BulkAction),
    );
    source.addEventListener('error', () => {
      startPolling();
      // The browser itself tries again unless the answer was no stream at all.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(again);
      again = setTimeout(connect, reconnectAfterMilliseconds);
    });
  }

  connect();
  return () => {
    source?.close();
    stopPolling();
    clearTimeout(again);
  };
}

async function pollOnce(onAction: (action: BulkAction) => void): Promise<void> {
  // The poll that found the session over still waits; more of them would all be asked at once when it goes on.
  if (pageSession.snapshot().over) return;
  const request = { range: [0, polledMax - 1] as const, sort: ['createdAt', 'DESC'] as const };
  try {
    const { rows } = await fetchList<BulkAction>('/api/collections/bulk-actions', request, { background: true });
    for (const action of rows.toReversed()) if (action.startedAt !== null) onAction(action);
  } catch {
    // The next poll asks again; what can't be reached is said where it is asked for by a person.
  }
}
