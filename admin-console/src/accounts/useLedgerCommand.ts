import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNotify } from 'react-admin';
import { send } from '../api/send.js';

/** What is asked of the ledger: the path below its own, and the body. */
export interface LedgerCommand {
  path: string;
  body: object;
}

/** The account's card follows the ledger by events: it is read again until they have surely arrived. */
const readAgainAfterMilliseconds = [0, 1_200, 4_000];

/** Reads again everything that shows an account's figures. */
export function readAccountAgain(client: QueryClient, accountId: string): void {
  for (const milliseconds of readAgainAfterMilliseconds) {
    setTimeout(() => void client.invalidateQueries({ queryKey: ['account', accountId] }), milliseconds);
  }
  for (const queryKey of [['report'], ['trial-balance'], ['agency-outstanding']])
    void client.invalidateQueries({ queryKey });
}

/**
 * Commands to the ledger about an account. The same one pressed twice, or sent again after a cut connection, has one
 * effect: its key stays until it was done or became another.
 */
export function useLedgerCommand<Answer = unknown>(accountId: string) {
  const client = useQueryClient();
  const notify = useNotify();
  const attempt = useRef({ of: '', key: '' });
  return useMutation({
    mutationFn: async ({ path, body }: LedgerCommand & { done?: string }) => {
      const of = `${path} ${JSON.stringify(body)}`;
      if (attempt.current.of !== of) attempt.current = { of, key: crypto.randomUUID() };
      const { json } = await send<Answer>(`/api/ledger/${path}`, {
        method: 'POST',
        body,
        idempotencyKey: attempt.current.key,
      });
      attempt.current = { of: '', key: '' };
      return json;
    },
    onSuccess: (_, { done }) => {
      readAccountAgain(client, accountId);
      if (done) notify(done, { type: 'success' });
    },
  });
}
