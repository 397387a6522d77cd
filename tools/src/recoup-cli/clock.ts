import { call } from './api.js';

/** Sets the instant of all services; only where they were started with `--test-clock` (`rulings`, 29). */
export async function setClock(instant: string): Promise<string> {
  const { body } = await call<{ instant: string }>('ledger', 'clock', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ instant }),
  });
  return body.instant;
}
