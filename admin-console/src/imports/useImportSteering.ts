import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { send } from '../api/send.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import type { ImportRun } from './importTypes.js';

/** Goes on with a paused import, or ends one for good: what is booked stays booked (LED-60). */
export function useImportSteering(id: string) {
  const client = useQueryClient();
  const notify = useNotify();
  const words = useProblemWords();
  // One page is one intention: a press repeated after a cut connection has one effect.
  const [keys, setKeys] = useState(newKeys);
  return useMutation({
    mutationFn: async (step: 'resume' | 'cancel') => {
      const options = { method: 'POST', body: {}, idempotencyKey: keys[step] } as const;
      return (await send<ImportRun>(`/api/ledger/imports/${id}/${step}`, options)).json;
    },
    onSuccess: async () => {
      setKeys(newKeys());
      await Promise.all([['import', id], ['imports']].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      setKeys(newKeys());
      notify(words.notice(error), { type: 'error' });
    },
  });
}

function newKeys() {
  return { resume: crypto.randomUUID(), cancel: crypto.randomUUID() };
}
