import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router';
import { send } from '../api/send.js';
import { useText } from '../i18n/useText.js';
import type { Payer } from './payer.js';

/** Makes or changes a payer and goes back to the list; its code stays. */
export function useSavePayer(before: Payer) {
  const text = useText();
  const client = useQueryClient();
  const notify = useNotify();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ code, name, type, skipGroupNumberCheck, skipPolicyIdCheck, active }: Payer) => {
      const settings = { name: name.trim(), skipGroupNumberCheck, skipPolicyIdCheck };
      if (before.id === '')
        return send<Payer>('/api/ledger/payers', { method: 'POST', body: { code: code.trim(), type, ...settings } });
      return send<Payer>(`/api/ledger/payers/${before.id}`, {
        method: 'PUT',
        body: { ...settings, active },
        ifMatch: before.version,
      });
    },
    onSuccess: async ({ json }) => {
      await client.invalidateQueries({ queryKey: ['payers'] });
      notify(text('payers.saved', { name: json.name }), { type: 'success' });
      void navigate('/payers');
    },
  });
}
