import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { send } from '../api/send.js';
import { useText } from '../i18n/useText.js';
import type { CustomWriteOff, WriteOffSettings } from './writeOffSettings.js';

/** Changes the settings; what a field is called changes in every list and column from then on. */
export function useSaveWriteOffSettings(version: number) {
  const text = useText();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ inUse, writeOffs }: { inUse: number; writeOffs: readonly CustomWriteOff[] }) =>
      send<WriteOffSettings>('/api/ledger/write-off-settings', {
        method: 'PUT',
        body: {
          inUse,
          writeOffs: writeOffs.map(({ number, name, plural }) => ({
            number,
            name: name.trim(),
            plural: plural.trim(),
          })),
        },
        ifMatch: version,
      }),
    onSuccess: async ({ json }) => {
      client.setQueryData(['write-off-settings'], json);
      await client.invalidateQueries({ queryKey: ['transaction-types'] });
      notify(text('writeOffs.changed'), { type: 'success' });
    },
  });
}
