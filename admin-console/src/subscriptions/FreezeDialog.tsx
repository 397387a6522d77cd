import { TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { fetchList } from '../api/fetchList.js';
import { FormDialog } from '../forms/FormDialog.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';

const reasonsMax = 200;

/** Freezes an account with its active subscriptions, for a reason (LED-52). */
export function FreezeDialog({ account, onClose }: { account: AccountCard; onClose: () => void }) {
  const text = useText();
  const [reasonCode, setReasonCode] = useState('');
  const [notes, setNotes] = useState('');
  const command = useLedgerCommand(account.id);
  const { data: reasons } = useQuery({
    queryKey: ['cancellation-reasons', 'all'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const request = { range: [0, reasonsMax - 1] as const };
      const path = '/api/ledger/cancellation-reasons';
      return (await fetchList<{ code: string; name: string }>(path, request, { signal })).rows;
    },
  });
  return (
    <FormDialog
      title={text('freezes.freezeAccount')}
      intro={text('freezes.intro')}
      submit={text('freezes.freeze')}
      pending={command.isPending}
      ready={reasonCode !== ''}
      error={command.error}
      onSubmit={() =>
        command.mutate(
          {
            path: 'freezes',
            body: {
              accountId: account.id,
              cancellationReasonCode: reasonCode,
              ...(notes.trim() ? { notes: notes.trim() } : {}),
            },
            done: text('freezes.frozen'),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <SelectField
        label={text('freezes.reason')}
        value={reasonCode}
        options={(reasons ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        onChange={setReasonCode}
        hint={reasons?.length === 0 ? text('freezes.noReason') : undefined}
        required
      />
      <TextField
        label={text('freezes.notes')}
        multiline
        minRows={2}
        value={notes}
        onChange={({ target }) => setNotes(target.value)}
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
    </FormDialog>
  );
}
