import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { FormDialog } from '../forms/FormDialog.js';
import { LineField } from '../forms/LineField.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { useReferenceData } from '../reference-data/useReferenceData.js';

/** Freezes an account with its active subscriptions, for a reason (LED-52). */
export function FreezeDialog({ account, onClose }: { account: AccountCard; onClose: () => void }) {
  const text = useText();
  const [reasonCode, setReasonCode] = useState('');
  const [notes, setNotes] = useState('');
  const command = useLedgerCommand(account.id);
  const { rows: reasons } = useReferenceData('cancellation-reasons');
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
        field="cancellationReasonCode"
        value={reasonCode}
        options={(reasons ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        onChange={setReasonCode}
        hint={reasons?.length === 0 ? text('freezes.noReason') : undefined}
        required
      />
      <LineField
        label={text('freezes.notes')}
        field="notes"
        rowsMin={2}
        value={notes}
        onChange={setNotes}
        lengthMax={1000}
      />
    </FormDialog>
  );
}
