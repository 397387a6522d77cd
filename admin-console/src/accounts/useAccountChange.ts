import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { send } from '../api/send.js';
import { useProblemWords } from '../problems/useProblemWords.js';

/** Changes one thing of an account and reads its card again; a refusal is shown in the service's words. */
export function useAccountChange<Body extends object>(accountId: string, what: 'stage' | 'flags', done: string) {
  const client = useQueryClient();
  const notify = useNotify();
  const words = useProblemWords();
  return useMutation({
    mutationFn: (body: Body) => send(`/api/collections/accounts/${accountId}/${what}`, { method: 'POST', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['account', accountId] });
      void client.invalidateQueries({ queryKey: ['report'] });
      notify(done, { type: 'success' });
    },
    onError: (error) => notify(words.notice(error), { type: 'error' }),
  });
}
