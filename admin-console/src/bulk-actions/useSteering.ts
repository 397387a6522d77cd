import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { send } from '../api/send.js';
import type { BulkAction } from './bulkAction.js';

export type Steering = 'confirm' | 'pause' | 'resume' | 'cancel' | 'retry' | 'undo';

/** Steers a bulk action; what the service refuses is shown in its own words. */
export function useSteering(id: string) {
  const client = useQueryClient();
  const notify = useNotify();
  // One page is one intention until it succeeds: a press repeated after a cut connection has one effect.
  const [keys, setKeys] = useState<Partial<Record<Steering, string>>>({});
  return useMutation({
    mutationFn: async ({ step, body }: { step: Steering; body?: object }) => {
      const idempotencyKey = keys[step] ?? crypto.randomUUID();
      setKeys((before) => ({ ...before, [step]: idempotencyKey }));
      const { json } = await send<BulkAction>(`/api/collections/bulk-actions/${id}/${step}`, {
        method: 'POST',
        body: body ?? {},
        idempotencyKey,
      });
      setKeys(({ [step]: _used, ...rest }) => rest);
      return json;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['bulk-action', id] }),
    onError: (error) => {
      setKeys({});
      notify(error.message, { type: 'error' });
    },
  });
}
