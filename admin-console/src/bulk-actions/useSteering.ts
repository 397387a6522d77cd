import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNotify } from 'react-admin';
import { send } from '../api/send.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import type { BulkAction } from './bulkAction.js';

export type Steering = 'confirm' | 'pause' | 'resume' | 'cancel' | 'retry' | 'undo';

/** Steers a bulk action; what the service refuses is shown in its own words. */
export function useSteering(id: string) {
  const client = useQueryClient();
  const notify = useNotify();
  const words = useProblemWords();
  // One page is one intention until it is answered: a press repeated at once, or after a cut connection, has one effect.
  const keys = useRef<Partial<Record<Steering, string>>>({});
  return useMutation({
    mutationFn: async ({ step, body }: { step: Steering; body?: object }) => {
      const idempotencyKey = (keys.current[step] ??= crypto.randomUUID());
      const { json } = await send<BulkAction>(`/api/collections/bulk-actions/${id}/${step}`, {
        method: 'POST',
        body: body ?? {},
        idempotencyKey,
      });
      return json;
    },
    onSuccess: (_action, { step }) => {
      delete keys.current[step];
      return client.invalidateQueries({ queryKey: ['bulk-action', id] });
    },
    onError: (error) => {
      keys.current = {};
      notify(words.notice(error), { type: 'error' });
      return client.invalidateQueries({ queryKey: ['bulk-action', id] });
    },
  });
}
